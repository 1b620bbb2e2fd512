import type { Deed } from "../admin/deed.ts";
import type { AuditEventName } from "./audit-events.ts";

export interface AuditEvent {
  id: string;
  tenantId: string;
  event: AuditEventName;
  /** Who did it: an account, `client:<id>` or `operator`; empty where that is not known. */
  actorId: string;
  /** To whom: an account, `client:<id>`, `tenant:<slug>` or `webhook:<id>`; empty for none of them. */
  accountId: string;
  /** The session that it was done in, or that it opened. */
  sessionId: string | null;
  /** The OAuth client that had a part in it; null where there was none. */
  clientId: string | null;
  /** What it was done to or with, as people know it: a device's, key's or passkey's name. */
  subject: string | null;
  address: string;
  city: string | null;
  country: string | null;
  userAgent: string | null;
  at: Date;
}

/** Which events of a tenant are asked for. What is left out excludes none. */
export interface EventsWanted {
  /** As many as one answer holds, at most; up to 1,000. */
  most: number;
  /** Older than this event. */
  beforeId?: string | null;
  accountId?: string | undefined;
  actorId?: string | undefined;
  event?: AuditEventName | undefined;
  /** Those that whoever asks may not see. */
  hidden?: readonly AuditEventName[];
  /** Written down at this moment or later. */
  since?: Date | undefined;
  /** Written down before this moment. */
  until?: Date | undefined;
}

export interface EventsFound {
  /** The newest first. */
  events: AuditEvent[];
  /** Where the next answer goes on, as its `beforeId`; null where there are no older ones. */
  nextBeforeId: string | null;
}

/**
 * Events are added and never changed. That of a sign-in or of a new account is written by the store, in
 * the write that it tells of.
 */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
  /** The same of what is done beside the store; false, and not to be done, when its session has ended. */
  recordDeed(deed: Deed): Promise<boolean>;
  /**
   * The same, unless the account has so many of that name since then already, or there is no such
   * account. One write.
   */
  recordAtMost(event: AuditEvent, bound: { most: number; since: Date }): Promise<void>;
  /** What happened to an account, the newest first; older than an event where one is given. */
  list(accountId: string, most: number, beforeId?: string | null): Promise<AuditEvent[]>;
  /**
   * What happened in a tenant. An answer may hold few or none though there are more, since it looks at
   * so many at most: it goes on until `nextBeforeId` is null.
   */
  listOfTenant(tenantId: string, wanted: EventsWanted): Promise<EventsFound>;
}
