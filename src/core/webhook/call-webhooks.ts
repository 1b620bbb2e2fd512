import type { Clock, Vault } from "../ports.ts";
import type { Webhooks, WebhookTurn } from "./webhook.ts";
import { isPlain, WEBHOOK_SECRET } from "./webhook-secret.ts";

/** As many messages as one call of the queue takes. The rest has its turn a minute later, and comes first then. */
const MOST_TURNS = 100;

export interface Calling {
  webhooks: Webhooks;
  vault: Pick<Vault, "seal" | "move" | "secretIds">;
  clock: Clock;
  order(turns: readonly WebhookTurn[]): Promise<void>;
}

/**
 * Gives a turn to each webhook that has something to hear. A turn that is lost loses nothing: what is
 * told, and how far, stands in the store, and the next run gives it again.
 */
export async function callWebhooks({ webhooks, vault, clock, order }: Calling): Promise<number> {
  // First, so that what no secret of ours opens any more is not tried every minute from then on.
  await webhooks.forgetPrevious(clock.now());
  await sealSecrets(webhooks, vault);
  const due = await webhooks.due(clock.now(), MOST_TURNS);
  if (due.length > 0) {
    await order(due.map((webhookId) => ({ webhookId })));
  }
  return due.length;
}

/** Under the current master secret, what was entered just now or is sealed under the one before. */
async function sealSecrets(webhooks: Webhooks, vault: Calling["vault"]): Promise<void> {
  const { current } = await vault.secretIds();
  for (const { id, secret: was } of await webhooks.notSealedUnder(current)) {
    const becomes = isPlain(was)
      ? await vault.seal(WEBHOOK_SECRET, was)
      : await vault.move(WEBHOOK_SECRET, was);
    if (becomes !== null) {
      await webhooks.replaceSecret(id, { was, becomes });
    }
  }
}
