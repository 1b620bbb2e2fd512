import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { WebhookTurn } from "../../../src/core/webhook/webhook.ts";
import { runMinute } from "../../../src/runs/scheduled.ts";
import { takeTurns } from "../../../src/webhooks/take-turns.ts";
import { passSeconds } from "../../support/clock.ts";
import { receiver, storeWebhook } from "../../support/webhooks.ts";
import { writeEvent } from "../../support/write-event.ts";
import type { Flow, Flows, Send } from "../support/flow.ts";
import type { Scene } from "../support/scene.ts";

const WEBHOOK = "w";
const TURN: WebhookTurn = { webhookId: WEBHOOK };

/** Its claim is kept for two minutes, and its events are told again where its place was not written. */
const CUT_OFF: Omit<Flow, "prepare"> = {
  holdsOffSeconds: 121,
  leaves: "a claim, for two minutes",
  maySendTwice: true,
};

/** Turns of a webhook, by what becomes of them. */
export const webhooks: Flows = {
  "a turn": { ...CUT_OFF, prepare: (scene) => aTurn(scene, 3) },
  "a turn that has more to tell than time": {
    ...CUT_OFF,
    ordersAfterwards: ["turn"],
    prepare: (scene) =>
      aTurn(scene, 101, async () => {
        // Two batches, and then its 20 seconds are over.
        passSeconds(0.25);
        return 204;
      }),
  },
  "a turn whose receiver fails after the first event, for a minute": {
    ...CUT_OFF,
    prepare(scene) {
      const failsUntil = Date.now() + 60_000;
      const isUp = (event: string) => event === "key 0" || Date.now() > failsUntil;
      return aTurn(scene, 3, async (event) => (isUp(event) ? 204 : 500));
    },
  },
  "a turn whose receiver says that it is gone": {
    ...CUT_OFF,
    prepare: (scene) => aTurn(scene, 3, async () => 410),
  },
  "a turn of a webhook that was removed meanwhile": {
    async prepare(scene) {
      const turn = await aTurn(scene, 3);
      await removeWebhook();
      return turn;
    },
  },
  "a turn whose webhook is removed while its receiver says that it is gone": {
    ...CUT_OFF,
    prepare: (scene) =>
      aTurn(scene, 3, async () => {
        await removeWebhook();
        return 410;
      }),
  },
  "a minute, from what was written down to what is heard": {
    ...CUT_OFF,
    async prepare(scene) {
      await storeWebhook(WEBHOOK);
      await happen(scene, 3);
      hears(scene);
      return () => minute(scene);
    },
  },
};

/** Told of so many events whenever it is given, by a receiver that gives these answers. */
async function aTurn(scene: Scene, events: number, answer?: Answer): Promise<Send> {
  await storeWebhook(WEBHOOK);
  await happen(scene, events);
  await scene.helper.sealEvents();
  hears(scene, answer);
  return async () => outcome(await failuresIn(scene, [TURN]));
}

/** What the platform does every minute, and with what was ordered by it. */
async function minute(scene: Scene): ReturnType<Send> {
  const failures: unknown[] = [];
  await runMinute(scene.service).catch((error) => failures.push(error));
  failures.push(...(await failuresIn(scene, scene.turns.orders.splice(0))));
  return outcome(failures);
}

async function happen({ helper }: Scene, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    await writeEvent(helper, "a", { event: "key-made", subject: `key ${number}` });
  }
}

/** The status that a receiver answers an event with, by its subject. */
type Answer = (subject: string) => Promise<number>;

function hears({ heard }: Scene, answer: Answer = async () => 204): void {
  receiver(async ({ body }) => {
    const { subject } = JSON.parse(body).data;
    const status = await answer(subject);
    status < 300 && heard.push(subject);
    return new Response(null, { status });
  });
}

/** By `exec`, which is no call of the service's that could fail. */
async function removeWebhook(): Promise<void> {
  await env.DB.exec("DELETE FROM webhooks");
}

/** Hands turns to the consumer of their queue, which acknowledges each whatever happens. */
async function failuresIn({ service }: Scene, turns: readonly WebhookTurn[]): Promise<unknown[]> {
  const failures: unknown[] = [];
  const batch = createMessageBatch<WebhookTurn>(
    "latchkey-webhooks",
    turns.map((body, index) => ({ id: `t${index}`, timestamp: new Date(), attempts: 1, body })),
  );
  await takeTurns(batch, service, (error) => failures.push(error));
  const { explicitAcks } = await getQueueResult(batch, createExecutionContext());
  return explicitAcks.length === turns.length ? failures : [...failures, "not acknowledged"];
}

function outcome(failures: readonly unknown[]): Awaited<ReturnType<Send>> {
  const status = failures.length > 0 ? "failed" : "done";
  return { status, says: null, retryAfter: null, tokens: [] };
}
