import { env } from "cloudflare:workers";
import type { MailedLink } from "../../src/core/mail/mailed-links.ts";

/** A mailed link as the store keeps it. The store's own clock ends it; `expire` does so at once. */
export async function storedLink(purpose: MailedLink["purpose"], token: string) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
  const name = `${purpose}:${new Uint8Array(digest).toHex()}`;
  const { keys } = await env.CODES.list({ prefix: name });
  const [key] = keys;
  if (!key?.expiration) {
    throw new Error("the link is not kept under its hash, or for ever");
  }
  return {
    secondsLeft: key.expiration - Date.now() / 1000,
    expire: () => env.CODES.delete(name),
  };
}

/** Names and contents of all that is kept for a purpose. */
export async function everythingKept(purpose: MailedLink["purpose"]): Promise<string> {
  const { keys } = await env.CODES.list({ prefix: `${purpose}:` });
  const contents = await Promise.all(keys.map(({ name }) => env.CODES.get(name)));
  return JSON.stringify([keys, contents]);
}
