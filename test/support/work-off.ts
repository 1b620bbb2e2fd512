import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { vi } from "vitest";
import type { MailOrder } from "../../src/core/mail/mail-order.ts";
import { passSeconds } from "./clock.ts";

interface Waiting {
  id: string;
  body: MailOrder;
  /** The next one. */
  attempt: number;
  dueAt: number;
}

/**
 * Works a queue off on a stopped clock, as the platform does: a message that is to be tried again waits
 * for as long as it is told to, and is given up after so many retries. Gives those that were.
 */
export async function workOff(
  queue: string,
  orders: readonly MailOrder[],
  consume: (batch: MessageBatch<MailOrder>) => Promise<void>,
  { maxRetries }: { maxRetries: number },
): Promise<{ givenUp: MailOrder[] }> {
  const givenUp: MailOrder[] = [];
  let waiting: Waiting[] = orders.map((body, index) => ({
    id: `m${index}`,
    body,
    attempt: 1,
    dueAt: Date.now(),
  }));
  while (waiting.length > 0) {
    const dueAt = Math.min(...waiting.map((message) => message.dueAt));
    passSeconds(Math.max(0, dueAt - Date.now()) / 1000);
    const due = waiting.filter((message) => message.dueAt === dueAt);
    const again = await consumed(queue, due, consume);
    givenUp.push(
      ...again.filter(({ attempt }) => attempt > maxRetries + 1).map(({ body }) => body),
    );
    waiting = [
      ...waiting.filter((message) => message.dueAt !== dueAt),
      ...again.filter(({ attempt }) => attempt <= maxRetries + 1),
    ];
  }
  return { givenUp };
}

/** Those that are to be tried again, and when. */
async function consumed(
  queue: string,
  due: readonly Waiting[],
  consume: (batch: MessageBatch<MailOrder>) => Promise<void>,
): Promise<Waiting[]> {
  const batch = createMessageBatch<MailOrder>(
    queue,
    due.map(({ id, body, attempt }) => ({ id, body, attempts: attempt, timestamp: new Date() })),
  );
  // The result of the batch leaves out how late a message is to come again.
  const retries = batch.messages.map((message) => vi.spyOn(message, "retry"));
  await consume(batch);
  const { explicitAcks } = await getQueueResult(batch, createExecutionContext());
  return due.flatMap((message, index) => {
    const delaySeconds = retries[index]?.mock.calls[0]?.[0]?.delaySeconds;
    if (explicitAcks.includes(message.id)) {
      return [];
    }
    const dueAt = Date.now() + (delaySeconds ?? 0) * 1000;
    return [{ ...message, attempt: message.attempt + 1, dueAt }];
  });
}
