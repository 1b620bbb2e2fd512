import type { WebhookTurn } from "../core/webhook/webhook.ts";

/**
 * A turn that failed is not given again by the queue: the first run gives it that finds it unclaimed. One
 * that has more to tell goes to the end of the queue.
 */
export async function takeTurns(
  batch: MessageBatch<WebhookTurn>,
  service: {
    tellWebhook(webhookId: string): Promise<boolean>;
    orderWebhookTurns(turns: readonly WebhookTurn[]): Promise<void>;
  },
  failed: (error: unknown, attempt: number) => void,
): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        if (await service.tellWebhook(message.body.webhookId)) {
          await service.orderWebhookTurns([message.body]);
        }
      } catch (error) {
        failed(error, message.attempts);
      }
      message.ack();
    }),
  );
}
