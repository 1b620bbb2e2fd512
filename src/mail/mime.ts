import { headerName, headerText } from "./header-text.ts";
import { parseSender } from "./sender.ts";
import type { Message } from "./transport.ts";

/** RFC 2045 §6.8. */
const BASE64_LINE = /.{1,76}/g;

/**
 * A message as it goes over the wire: RFC 5322 and MIME, in ASCII, no line longer than 78 characters
 * but for an address. Both parts are base64, so that nothing on the way can change them, and no line
 * of theirs is the dot that ends a message.
 */
export function mimeMessage(
  { to, from, replyTo, subject, text, html }: Message,
  { id, at }: { id: string; at: Date },
): string {
  const { email, name } = parseSender(from);
  const boundary = `=_${id}`;
  const part = (type: string, content: string) => [
    `--${boundary}`,
    `Content-Type: text/${type}; charset=utf-8`,
    "Content-Transfer-Encoding: base64",
    "",
    ...base64Lines(content),
  ];
  return [
    `From: ${name ? `${headerName(name)}\r\n <${email}>` : email}`,
    `To: ${to}`,
    ...(replyTo === undefined ? [] : [`Reply-To: ${replyTo}`]),
    `Subject: ${headerText(subject)}`,
    `Date: ${at.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id}@${email.slice(email.lastIndexOf("@") + 1)}>`,
    // RFC 3834 §5: no holiday notice answers it.
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"`,
    "",
    // The plainest first. RFC 2046 §5.1.4.
    ...part("plain", text),
    ...part("html", html),
    `--${boundary}--`,
    "",
  ].join("\r\n");
}

function base64Lines(content: string): string[] {
  return new TextEncoder().encode(content).toBase64().match(BASE64_LINE) ?? [];
}
