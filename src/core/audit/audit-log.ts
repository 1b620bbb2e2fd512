/** What happens to an account that its owner, or somebody who asks later, must be able to read. */
export type AuditEventName =
  | "signed-in"
  | "impersonation"
  | "account-made"
  | "password-changed"
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
  | "session-ended"
  | "sessions-ended"
  | "account-secured";

export interface AuditEvent {
  id: string;
  tenantId: string;
  event: AuditEventName;
  /** Who did it. */
  actorId: string;
  /** To whom. */
  accountId: string;
  /** The session that it was done in, or that it opened. */
  sessionId: string | null;
  /** What it was done to or with, as people know it: a device's, key's or passkey's name. */
  subject: string | null;
  address: string;
  city: string | null;
  country: string | null;
  userAgent: string | null;
  at: Date;
}

/** Events are added and never changed. Those of a sign-in are written by the store that opens it. */
export interface AuditLog {
  record(event: AuditEvent): Promise<void>;
  /** What happened to an account, the newest first; older than an event where one is given. */
  list(accountId: string, most: number, beforeId?: string | null): Promise<AuditEvent[]>;
}
