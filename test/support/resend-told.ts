import type { Answer, TestService } from "./service.ts";

const SECRET = `whsec_${btoa("a secret of thirty-two characters")}`;

/** The variables of a service that Resend tells of letters. */
export const WEBHOOKS = {
  MAIL_TRANSPORT: "resend",
  RESEND_API_KEY: "re_1234567890",
  RESEND_WEBHOOK_SECRET: SECRET,
};

interface How {
  secret?: string;
  agedSeconds?: number;
  /** What is signed in place of what is sent. */
  signed?: string;
  idSent?: string;
  timestampSent?: string;
  signature?: string;
  /** Stands before the signature. */
  before?: string;
}

/** Tells a service something as Resend does: signed as Standard Webhooks has it. */
export async function resendTold(
  service: TestService,
  body: unknown,
  how: How = {},
): Promise<Answer<unknown>> {
  const sent = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000) - (how.agedSeconds ?? 0));
  const signed = `msg_1.${timestamp}.${how.signed ?? sent}`;
  const signature = how.signature ?? `v1,${await mac(how.secret ?? SECRET, signed)}`;
  return service.ask("/mail/events", {
    body: sent,
    headers: {
      "svix-id": how.idSent ?? "msg_1",
      "svix-timestamp": how.timestampSent ?? timestamp,
      "svix-signature": `${how.before ?? ""}${signature}`,
    },
  });
}

async function mac(secret: string, text: string): Promise<string> {
  const raw = Uint8Array.fromBase64(secret.replace("whsec_", ""));
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", raw, hmac, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text));
  return new Uint8Array(signature).toBase64();
}
