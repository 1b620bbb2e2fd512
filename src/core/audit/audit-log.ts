/** What happens to an account that its owner, or somebody who asks later, must be able to read. */
export type AuditEventName =
  | "signed-in"
  | "password-refused"
  | "password-closed"
  | "second-factor-refused"
  | "second-factor-closed"
  | "impersonation"
  | "account-made"
  | "password-changed"
  | "password-reset"
  | "email-change-requested"
  | "email-changed"
  | "second-factor-on"
  | "second-factor-off"
  | "recovery-codes-replaced"
  | "passkey-added"
  | "passkey-removed"
  | "key-made"
  | "key-deleted"
  | "device-approved"
  | "device-denied"
  | "app-approved"
  | "session-ended"
  | "sessions-ended"
  | "account-secured"
  | "webhook-disabled"
  | AdminEventName;

/** What an administrator does to an account, a client or a tenant. */
export type AdminEventName =
  | "account-created"
  | "invitation-sent"
  | "reset-sent"
  | "account-disabled"
  | "account-enabled"
  | "role-changed"
  | "account-changed"
  | "sessions-ended-by-admin"
  | "second-factor-removed"
  | "account-removed"
  | "key-revoked"
  | "client-created"
  | "client-changed"
  | "client-secret-rotated"
  | "client-removed"
  | "tenant-created"
  | "tenant-changed";

export interface AuditEvent {
  id: string;
  tenantId: string;
  event: AuditEventName;
  /** Who did it: an account or a client; empty where that is not known. */
  actorId: string;
  /** To whom; empty where it is about no account. */
  accountId: string;
  /** The session that it was done in, or that it opened. */
  sessionId: string | null;
  /** The program that it was done by or for; null where that is none that was registered. */
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

/** Events are added and never changed. Those of a sign-in are written by the store that opens it. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
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
