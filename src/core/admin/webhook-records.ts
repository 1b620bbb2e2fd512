import type { AuditEventName } from "../audit/audit-events.ts";
import type { Webhook } from "../webhook/webhook.ts";
import type { Deed } from "./deed.ts";

/** A webhook as its operator sees it: without its secrets. */
export interface WebhookRecord {
  id: string;
  tenantId: string;
  url: string;
  /** Which it wants; null for all. */
  events: readonly AuditEventName[] | null;
  /** How many seals of its tenant it has not heard all of. */
  sealsBehind: number;
  /** Since when it took nothing, what was wrong the last time and when it is tried again; null while all goes well. */
  failingSince: Date | null;
  problem: string | null;
  retryAt: Date | null;
  /** Since when it is told nothing. */
  disabledAt: Date | null;
  /** Until when the secret before signs as well. */
  previousUntil: Date | null;
  createdAt: Date;
}

export type WhichWebhook = Pick<Webhook, "tenantId" | "id">;

/** Webhooks as operators see and change them, with the event that tells of it: both or neither. */
export interface WebhookRecords {
  /** By id, which is the order in which they were made: after one, where it is given. */
  list(tenantId: string, afterId: string | null, most: number): Promise<WebhookRecord[]>;
  find(which: WhichWebhook): Promise<WebhookRecord | null>;
  /**
   * It hears what is sealed from now on. The secret is sealed. False when its tenant has as many already, or
   * the deed's session has ended.
   */
  insert(
    webhook: Pick<Webhook, "id" | "tenantId" | "url" | "events" | "secret"> & { createdAt: Date },
    most: number,
    event: Deed,
  ): Promise<boolean>;
  /**
   * The one before signs as well until then, unless nobody has sealed it yet: it would stand there in the
   * clear. Null for not at all. Gives the webhook as it is afterwards; null when there is none, or the deed's
   * session has ended.
   */
  replaceSecret(
    which: WhichWebhook,
    secrets: { secret: string; keepsUntil: Date | null },
    event: Deed,
  ): Promise<WebhookRecord | null>;
  /**
   * It goes on where it stopped, or with what is sealed from now on. Where that changes nothing, nothing is
   * written down. Gives the webhook as it is afterwards; null as above.
   */
  enable(which: WhichWebhook, skipsMissed: boolean, event: Deed): Promise<WebhookRecord | null>;
  /** What is under way may still arrive. False when there is none. */
  remove(which: WhichWebhook, event: Deed): Promise<boolean>;
}
