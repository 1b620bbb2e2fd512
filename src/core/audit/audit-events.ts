/** How it came out: what was tried was done, or it was refused. */
export type Outcome = "done" | "refused";

/**
 * Everything that is written down, each with its outcome: what happens to an account, which its owner or
 * somebody who asks later must be able to read, and what is done to clients, tenants and the service.
 */
export const AUDIT_EVENTS = {
  "signed-in": "done",
  "password-refused": "refused",
  "password-closed": "refused",
  "second-factor-refused": "refused",
  "second-factor-closed": "refused",
  impersonation: "done",
  "account-made": "done",
  "address-verified": "done",
  "password-changed": "done",
  "password-reset": "done",
  "email-change-requested": "done",
  "email-changed": "done",
  "second-factor-on": "done",
  "second-factor-off": "done",
  "recovery-codes-replaced": "done",
  "passkey-added": "done",
  "passkey-removed": "done",
  "key-made": "done",
  "key-deleted": "done",
  "device-approved": "done",
  "device-denied": "refused",
  "app-approved": "done",
  "session-ended": "done",
  "sessions-ended": "done",
  "refresh-token-replayed": "refused",
  "authorization-code-replayed": "refused",
  "account-secured": "done",
  // What an administrator or operator does, and what is not done by anybody.
  "account-created": "done",
  "accounts-imported": "done",
  "invitation-sent": "done",
  "reset-sent": "done",
  "account-disabled": "done",
  "account-enabled": "done",
  "role-changed": "done",
  "account-changed": "done",
  "sessions-ended-by-admin": "done",
  "second-factor-removed": "done",
  "account-removed": "done",
  "key-revoked": "done",
  "suppression-lifted": "done",
  "client-created": "done",
  "client-changed": "done",
  "client-secret-rotated": "done",
  "client-removed": "done",
  "tenant-created": "done",
  "tenant-changed": "done",
  "webhook-created": "done",
  "webhook-secret-rotated": "done",
  "webhook-enabled": "done",
  "webhook-disabled": "refused",
  "webhook-removed": "done",
  "signing-key-rotated": "done",
  "signing-key-withdrawn": "done",
} as const satisfies Record<string, Outcome>;

export type AuditEventName = keyof typeof AUDIT_EVENTS;

/**
 * What is done to the service: to tenants, clients and signing keys. It stands in the default tenant,
 * and is about all of them.
 */
export const SERVICE_EVENTS = [
  "client-created",
  "client-changed",
  "client-secret-rotated",
  "client-removed",
  "tenant-created",
  "tenant-changed",
  "signing-key-rotated",
  "signing-key-withdrawn",
] as const satisfies readonly AuditEventName[];

export type ServiceEventName = (typeof SERVICE_EVENTS)[number];

/** Null for what a newer version of the service has written. */
export function outcomeOf(event: string): Outcome | null {
  return Object.hasOwn(AUDIT_EVENTS, event) ? AUDIT_EVENTS[event as AuditEventName] : null;
}
