import type { AuditEvent } from "../audit/audit-log.ts";
import { type EventRecord, recordOf } from "../audit/event-record.ts";
import type { Clock, Randomness, Vault } from "../ports.ts";
import type { Batch, Failure, Place, Webhook, Webhooks } from "./webhook.ts";
import { isPlain, WEBHOOK_SECRET } from "./webhook-secret.ts";
import { problemOfWebhookUrl } from "./webhook-url.ts";

/** Events that are under way to one receiver at a time. */
const AT_ONCE = 5;
const BATCH = 50;
/** After which a turn is given back, for there may be others of the same service. */
const TURN_MS = 20_000;
/** Longer than any turn takes: after it, whoever had the turn is gone. */
const CLAIM_MS = 120_000;
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 3_600_000;
/** A receiver that has taken nothing for so long is told nothing more. */
const PATIENCE_MS = 5 * 86_400_000;

/** One message to a receiver. */
export interface WebhookMessage {
  /** Of the event: the same, however often it is sent. */
  id: string;
  type: string;
  /** ISO 8601: when it happened. */
  timestamp: string;
  data: EventRecord;
}

/** Why something was not taken, in words. `gone` is for good. */
export interface Problem {
  problem: string;
  gone: boolean;
}

/** How a receiver took a message. */
export type Taken = { ok: true } | ({ ok: false } & Problem);

export interface Telling {
  webhooks: Webhooks;
  vault: Pick<Vault, "open">;
  clock: Clock;
  randomness: Randomness;
  development: boolean;
  /** Sends a message that is signed with each of these. Never throws. */
  send(url: string, message: WebhookMessage, secrets: readonly string[]): Promise<Taken>;
}

/**
 * Tells a webhook what has happened since it last heard something, the oldest first. Whatever it took
 * before it failed is remembered; what was under way beside it may come again, under the same id, and so
 * does all of a turn whose place could not be written. Says whether there is more.
 */
export async function tellWebhook(telling: Telling, webhookId: string): Promise<boolean> {
  const { webhooks, clock } = telling;
  const begunAt = clock.now();
  const begun = begunAt.getTime();
  const webhook = await webhooks.claim(webhookId, begunAt, new Date(begun + CLAIM_MS));
  if (!webhook) {
    return false;
  }
  const ready = await secretsOf(telling, webhook);
  let place = webhook.place;
  if (typeof ready === "string") {
    await fail(telling, webhook, { place, begunAt, problem: ready, gone: false });
    return false;
  }
  let hasMore = true;
  while (hasMore && clock.now().getTime() - begun < TURN_MS) {
    const batch = await webhooks.next({ ...webhook, place }, BATCH);
    const told = await tellBatch(telling, webhook, batch, ready);
    place = told.place ?? place;
    if (told.problem) {
      await fail(telling, webhook, { ...told.problem, place, begunAt });
      return false;
    }
    hasMore = batch.hasMore;
  }
  await webhooks.advance(webhook.id, place, begunAt);
  return hasMore;
}

/** Or what is wrong. */
async function secretsOf(
  { vault, clock, development }: Telling,
  { url, secret, previousSecret, previousUntil }: Webhook,
): Promise<string[] | string> {
  const wrong = problemOfWebhookUrl(url, development);
  if (wrong !== null) {
    return `the address ${wrong}`;
  }
  const isKept = previousSecret !== null && previousUntil !== null && previousUntil > clock.now();
  const sealed = isKept ? [secret, previousSecret] : [secret];
  const opened = await Promise.all(
    sealed.map(async (text) => (isPlain(text) ? text : vault.open(WEBHOOK_SECRET, text))),
  );
  return opened[0] === null
    ? "its secret does not open; see AUTH_SECRET_PREVIOUS"
    : opened.filter((text) => text !== null);
}

async function tellBatch(
  telling: Telling,
  { url }: Webhook,
  { events, end }: Batch,
  secrets: readonly string[],
): Promise<{ place: Place | null; problem: Problem | null }> {
  let place: Place | null = null;
  for (let first = 0; first < events.length; first += AT_ONCE) {
    const some = events.slice(first, first + AT_ONCE);
    const taken = await Promise.all(
      some.map(({ event }) => telling.send(url, messageOf(event), secrets)),
    );
    const failed = taken.findIndex(({ ok }) => !ok);
    const last = failed < 0 ? some.length : failed;
    place = some[last - 1]?.after ?? place;
    const answer = taken[failed];
    if (answer && !answer.ok) {
      return { place, problem: answer };
    }
  }
  return { place: end, problem: null };
}

function messageOf(event: AuditEvent): WebhookMessage {
  const data = recordOf(event);
  return { id: event.id, type: event.event, timestamp: data.at, data };
}

async function fail(
  telling: Telling,
  webhook: Webhook,
  { place, begunAt, problem, gone }: Problem & Pick<Failure, "place" | "begunAt">,
): Promise<void> {
  const now = telling.clock.now();
  const { sequence, position } = webhook.place;
  // What it took just now says that it is well, but for what it did not take.
  const isSameAsBefore = place.sequence === sequence && place.position === position;
  const since = (isSameAsBefore ? webhook.failingSince : null) ?? now;
  const failures = isSameAsBefore ? webhook.failures + 1 : 1;
  const isOver = gone || now.getTime() - since.getTime() >= PATIENCE_MS;
  const wait = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LAST_RETRY_MS);
  const retryAt = new Date(now.getTime() + wait);
  const disabledAt = isOver ? now : null;
  const failure = { place, begunAt, since, failures, problem, retryAt, disabledAt };
  await telling.webhooks.fail(
    webhook.id,
    failure,
    isOver ? disabledEvent(telling, webhook, now) : null,
  );
}

function disabledEvent(
  { randomness }: Telling,
  { id, tenantId, url }: Webhook,
  at: Date,
): AuditEvent {
  return {
    id: randomness.id(at),
    tenantId,
    event: "webhook-disabled",
    actorId: "",
    accountId: `webhook:${id}`,
    sessionId: null,
    clientId: null,
    subject: URL.parse(url)?.host ?? null,
    address: "",
    city: null,
    country: null,
    userAgent: null,
    at,
  };
}
