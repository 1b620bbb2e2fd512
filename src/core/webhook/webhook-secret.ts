/** What secrets of webhooks are sealed for. */
export const WEBHOOK_SECRET = "webhook-secret";
/** Standard Webhooks asks for 24 to 64. */
export const WEBHOOK_SECRET_BYTES = 32;
/** So long one that was replaced signs beside the new one: receivers change over at any moment of it. */
export const WEBHOOK_SECRET_KEPT_MS = 24 * 3_600_000;

const PREFIX = "whsec_";

/** For HMAC-SHA256, as Standard Webhooks writes it, of random bytes in base64. */
export function asWebhookSecret(base64: string): string {
  return PREFIX + base64;
}

/** As it was entered, and not sealed yet. */
export function isPlain(secret: string): boolean {
  return secret.startsWith(PREFIX);
}
