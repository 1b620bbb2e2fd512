import type { AuditEventName } from "../audit/audit-events.ts";
import type { AuditEvent } from "../audit/audit-log.ts";

/** How many a tenant has: each is asked every minute in which something happens. */
export const MOST_WEBHOOKS = 20;

/** Where a product hears of what happened in a tenant. */
export interface Webhook {
  id: string;
  tenantId: string;
  url: string;
  /** Sealed, once a run has seen it. */
  secret: string;
  /** The one before, which signs beside the new one until then. */
  previousSecret: string | null;
  previousUntil: Date | null;
  /** Which events it wants; null for all. */
  events: readonly AuditEventName[] | null;
  /** How far it has heard: the seal that it has heard all of, and how many events of those after it. */
  place: Place;
  /** Since when nothing was taken; null while all goes well. */
  failingSince: Date | null;
  failures: number;
}

/** Up to a place in the chain of a tenant. */
export interface Place {
  sequence: number;
  /** Of the seal that follows. */
  position: number;
}

/** Events that come next for a webhook, and where it stands after all of them. */
export interface Batch {
  events: readonly { event: AuditEvent; after: Place }[];
  end: Place;
  hasMore: boolean;
}

export interface Webhooks {
  /**
   * Those of which somebody is to hear something, and that are not being told or waiting, by their ids:
   * first who never had a turn, then whose last one began longest ago.
   */
  due(now: Date, most: number): Promise<string[]>;
  /** Takes it, for so long, for whoever asks first: null for everybody else. */
  claim(id: string, now: Date, until: Date): Promise<Webhook | null>;
  /** What it wants of what follows its place, as many as are asked for at most. */
  next(webhook: Webhook, most: number): Promise<Batch>;
  /** Remembers how far it has heard in the turn that began then, and lets go of it. All went well. */
  advance(id: string, place: Place, begunAt: Date): Promise<void>;
  /**
   * The same, of one that took nothing more, and writes the event where one is to be told of it: nothing of
   * one that was removed meanwhile.
   */
  fail(id: string, failure: Failure, event: AuditEvent | null): Promise<void>;
  /** Forgets what signs no more beside the secret of today. */
  forgetPrevious(now: Date): Promise<void>;
  /** Secrets, and those before them, that are not sealed under this master secret: under another one, or not yet. */
  notSealedUnder(secretId: string): Promise<{ id: string; secret: string }[]>;
  /** Replaces a secret, or the one before it, where it is still that one. */
  replaceSecret(id: string, secrets: { was: string; becomes: string }): Promise<void>;
}

export interface Failure {
  place: Place;
  /** When the turn began. */
  begunAt: Date;
  since: Date;
  failures: number;
  /** In words, for its operator. */
  problem: string;
  /** It is left alone until then. */
  retryAt: Date;
  /** It is told nothing more until an operator says so. */
  disabledAt: Date | null;
}

/** What the queue carries: whose turn it is. What is told stands in the store. */
export interface WebhookTurn {
  webhookId: string;
}
