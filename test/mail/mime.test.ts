import fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { mimeMessage } from "../../src/mail/mime.ts";
import type { Message } from "../../src/mail/transport.ts";

const message = {
  to: "robin@meadow.example",
  from: "Otter Desk <desk@meadow.example>",
  subject: "Set a new password",
  text: "Grüße 🦦\n\n.\n.. a line of dots\n",
  html: "<p>Grüße 🦦</p>\n",
};
const sent = { id: "0194b2f0-0000-7000-8000-000000000000", at: new Date("2026-11-29T08:30:00Z") };

/** How a program that reads mail sees it. */
async function read(change: Partial<Message>) {
  const raw = mimeMessage({ ...message, ...change }, sent);
  return { raw, mail: await PostalMime.parse(raw) };
}

describe("a message on the wire", () => {
  it("reads as it was written: both parts, from, to, subject and when", async () => {
    const { mail } = await read({});
    expect(mail).toMatchObject({
      from: { name: "Otter Desk", address: "desk@meadow.example" },
      to: [{ address: "robin@meadow.example" }],
      subject: message.subject,
      text: message.text,
      html: message.html,
      date: "2026-11-29T08:30:00.000Z",
      messageId: `<${sent.id}@meadow.example>`,
    });
    expect(mail.headers.map(({ key }) => key)).toEqual([
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "auto-submitted",
      "mime-version",
      "content-type",
    ]);
  });

  it.each([
    ["a bare address", "desk@meadow.example", { name: "", address: "desk@meadow.example" }],
    [
      "a name with a comma",
      "Desk, Otter <desk@meadow.example>",
      { name: "Desk, Otter", address: "desk@meadow.example" },
    ],
    [
      "a name with quotes",
      'Otter "Desk" \\ <desk@meadow.example>',
      { name: 'Otter "Desk" \\', address: "desk@meadow.example" },
    ],
    [
      "a name beyond ASCII",
      "Ötter 🦦 <desk@meadow.example>",
      { name: "Ötter 🦦", address: "desk@meadow.example" },
    ],
  ])("has %s as its sender", async (_, from, address) => {
    expect((await read({ from })).mail.from).toMatchObject(address);
  });

  it("has its answers sent elsewhere, where they are to be", async () => {
    const { mail } = await read({ replyTo: "help@otter.example" });
    expect(mail.replyTo).toEqual([{ name: "", address: "help@otter.example" }]);
  });

  it.each([
    "Bestätigen Sie Ihre Adresse",
    "🦦".repeat(60),
    "=?UTF-8?B?T3R0ZXI=?=",
    "x".repeat(200),
    "Otter\r\nBcc: everybody@meadow.example",
    "Otter\nBcc: everybody@meadow.example",
    "Otter\r\n\r\n<script>",
  ])("has a subject that can be anything, and begins no header: %j", async (subject) => {
    const { mail } = await read({ subject });
    expect(mail.subject).toBe(subject);
    expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(mail.text).toBe(message.text);
  });

  it("is ASCII, in lines of at most 78 characters, none of which ends it early", async () => {
    const texts = fc.string({ unit: "binary", maxLength: 300 });
    const check = fc.asyncProperty(texts, texts, texts, async (subject, text, html) => {
      const { raw } = await read({ subject, text, html });
      for (const line of raw.split("\r\n")) {
        expect(line).toMatch(/^[\x20-\x7e]{0,78}$/);
        expect(line[0]).not.toBe(".");
      }
    });
    await fc.assert(check, { numRuns: 200 });
  });
});
