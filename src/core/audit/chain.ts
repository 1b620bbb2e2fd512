import type { AuditEvent } from "./audit-log.ts";

/**
 * What the digests of the audit log are taken of. These texts are stored as digests for good: a field
 * may come to them where it was null before, and nothing else may change.
 */

/** An event that a seal covers: its id and the digest of its text. */
export type SealedEvent = readonly [id: string, digest: string];

/** The events of a tenant from one seal to the next. */
export interface AuditSeal {
  tenantId: string;
  /** Counts the seals of a tenant from 1. */
  sequence: number;
  /** The text of its events; null once they are purged. */
  events: string | null;
  eventsDigest: string;
  count: number;
  /** When the last of its events was. */
  until: Date;
  sealedAt: Date;
  digest: string;
}

/** The end of a tenant's chain: whoever keeps it elsewhere sees that seals are gone. */
export type ChainHead = Pick<AuditSeal, "tenantId" | "sequence" | "digest">;

const FIELDS = [
  "id",
  "tenantId",
  "event",
  "actorId",
  "accountId",
  "sessionId",
  "clientId",
  "subject",
  "address",
  "city",
  "country",
  "userAgent",
] as const satisfies (keyof AuditEvent)[];

/** Null fields are left out, so that a column which is added later changes no digest. */
export function eventText(event: AuditEvent): string {
  const told = FIELDS.filter((field) => event[field] !== null);
  return JSON.stringify([event.at.getTime(), told.map((field) => [field, event[field]])]);
}

export function eventsText(events: readonly SealedEvent[]): string {
  return JSON.stringify(events);
}

/** The first seal of a tenant follows the empty digest. */
export function sealText(
  previousDigest: string,
  seal: Omit<AuditSeal, "events" | "digest">,
): string {
  const { tenantId, sequence, count, eventsDigest, until, sealedAt } = seal;
  return JSON.stringify([
    previousDigest,
    tenantId,
    sequence,
    count,
    eventsDigest,
    until.getTime(),
    sealedAt.getTime(),
  ]);
}
