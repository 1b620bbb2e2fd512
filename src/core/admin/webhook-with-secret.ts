import type { Context } from "../ports.ts";
import {
  asWebhookSecret,
  WEBHOOK_SECRET,
  WEBHOOK_SECRET_BYTES,
} from "../webhook/webhook-secret.ts";
import type { WebhookRecord } from "./webhook-records.ts";

/** A webhook with its secret, which is shown this once. */
export type WebhookWithSecret = { webhook: WebhookRecord; secret: string };

/** A secret to be shown, and how it is stored. */
export async function drawWebhookSecret({
  randomness,
  vault,
}: Context): Promise<{ secret: string; sealed: string }> {
  const secret = asWebhookSecret(randomness.bytes(WEBHOOK_SECRET_BYTES).toBase64());
  return { secret, sealed: await vault.seal(WEBHOOK_SECRET, secret) };
}
