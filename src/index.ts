import { createApp } from "./app.ts";
import type { MailOrder } from "./core/mail/mail-order.ts";
import type { WebhookTurn } from "./core/webhook/webhook.ts";
import { outOfOrder } from "./http/out-of-order.ts";
import { describeError } from "./log/describe-error.ts";
import { write } from "./log/write.ts";
import { deliverBatch } from "./mail/deliver-batch.ts";
import { deliverDeadLetters } from "./mail/deliver-dead-letters.ts";
import { type Bindings, composeService, type Service } from "./ports.ts";
import { AuthEntrypoint } from "./rpc/auth.ts";
import { EVERY_MINUTE } from "./runs/every-minute.ts";
import { runHour, runMinute } from "./runs/scheduled.ts";
import { whyNotSent } from "./runs/why-not-sent.ts";
import { writeDeadLetter } from "./runs/write-dead-letter.ts";
import { SettingsError } from "./settings/load-settings.ts";
import { takeTurns } from "./webhooks/take-turns.ts";

export { CodeEntry, DeviceGrant, LoginCode, Throttle } from "./ports.ts";

interface Running extends Service {
  app: ReturnType<typeof createApp>;
}

/** Composed at an isolate's first event, once for its bindings. */
const running = new WeakMap<object, Running>();

function run(env: Bindings): Running {
  let service = running.get(env);
  if (!service) {
    const composed = composeService(env);
    service = { ...composed, app: createApp(composed) };
    running.set(env, service);
  }
  return service;
}

/** Settings that are wrong stop the Worker: whatever is asked, it says what to set. */
function refuseToStart(error: unknown, request: Request): Response | Promise<Response> {
  if (!(error instanceof SettingsError)) {
    throw error;
  }
  write("error", { error: error.message });
  return outOfOrder(`Latchkey cannot start: ${error.message}`).fetch(request);
}

/** How the queue is called that takes what the mail queue gives up. */
const DEAD_LETTERS = "-dead";

/** And that which takes webhooks' turns. */
const WEBHOOK_TURNS = "-webhooks";

type Batch = MessageBatch<MailOrder> | MessageBatch<WebhookTurn>;

/** Each queue has messages of its own kind. */
function isOfWebhooks(batch: Batch): batch is MessageBatch<WebhookTurn> {
  return batch.queue.endsWith(WEBHOOK_TURNS);
}

/** For other Workers of the account: a service binding whose entrypoint is `Auth`. */
export class Auth extends AuthEntrypoint<Bindings> {
  protected override readonly service = () => run(this.env);
}

export default {
  fetch(request, env, ctx) {
    try {
      return run(env).app.fetch(request, env, ctx);
    } catch (error) {
      return refuseToStart(error, request);
    }
  },

  async queue(messages, env) {
    const batch = messages as Batch;
    const { queue } = batch;
    const service = run(env);
    const failed = (error: unknown, attempt: number) =>
      write("error", { queue, attempt, error: describeError(error) });
    if (isOfWebhooks(batch)) {
      await takeTurns(batch, service, failed);
    } else if (queue.endsWith(DEAD_LETTERS)) {
      await deliverDeadLetters(batch, service.ports, (letter) => writeDeadLetter(queue, letter));
    } else {
      await deliverBatch(batch, service.ports, {
        failed,
        notSent: ({ kind, tenantId: tenant, domain }, why) =>
          write("info", { queue, letter: kind, tenant, domain, ...whyNotSent(why) }),
      });
    }
  },

  scheduled: ({ cron }, env) => (cron === EVERY_MINUTE ? runMinute(run(env)) : runHour(run(env))),
} satisfies ExportedHandler<Bindings, MailOrder | WebhookTurn>;
