import type { Taken, WebhookMessage } from "../core/webhook/tell-webhook.ts";
import { sign } from "./sign.ts";

/** A receiver that has not answered by then has not taken it. */
const TIMEOUT_MS = 5000;

/**
 * Sends a message and looks at the status alone: the rest of the answer is not read, and a redirect is
 * not followed, so that nobody has the service call an address that it was not given.
 */
export async function sendMessage(
  url: string,
  message: WebhookMessage,
  secrets: readonly string[],
  timeoutMs = TIMEOUT_MS,
): Promise<Taken> {
  const { id, ...shown } = message;
  const body = JSON.stringify(shown);
  const timestamp = Math.floor(Date.now() / 1000);
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        "content-type": "application/json",
        "user-agent": "Latchkey-Webhooks",
        "webhook-id": id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": await sign({ id, timestamp, body }, secrets),
      },
      body,
    });
    // Without waiting: whoever sends without end is not listened to.
    response.body?.cancel().catch(() => undefined);
    return response.status >= 200 && response.status < 300
      ? { ok: true }
      : { ok: false, problem: `it answered ${response.status}`, gone: response.status === 410 };
  } catch (error) {
    const isLate = error instanceof Error && error.name === "TimeoutError";
    const problem = isLate
      ? `it did not answer within ${timeoutMs / 1000} s`
      : "it was not reached";
    return { ok: false, problem, gone: false };
  }
}
