import type { AccountInFull, AccountRecord } from "../../core/admin/account-records.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Reason, Refused } from "../../core/refused.ts";
import type { SessionInList } from "../../core/session/list-sessions.ts";
import { RECENT_SECONDS } from "../../core/session/refuse-stale.ts";
import type { Reply, Showing, Wording } from "../surface.ts";
import type * as shape from "./shapes.ts";

export function accounts({
  accounts,
  next,
}: {
  accounts: readonly AccountRecord[];
  next: string | null;
}): Showing<typeof shape.accounts> {
  return { body: { accounts: accounts.map(recordOf), next_cursor: next } };
}

export function account(record: AccountRecord): Showing<typeof shape.account> {
  return { body: recordOf(record) };
}

export function accountInFull(record: AccountInFull): Showing<typeof shape.accountInFull> {
  const { hasPassword, recoveryCodesLeft, passkeyCount } = record.means;
  return {
    body: {
      ...recordOf(record),
      has_password: hasPassword,
      recovery_codes_left: recoveryCodesLeft,
      passkeys: passkeyCount,
    },
  };
}

export function sessions({
  sessions,
}: {
  sessions: readonly SessionInList[];
}): Showing<typeof shape.sessions> {
  return { body: { sessions: sessions.map(sessionOf) } };
}

export function ended({ endedCount }: { endedCount: number }): Showing<typeof shape.ended> {
  return { body: { ended_count: endedCount } };
}

export function events({
  events,
  next,
}: {
  events: readonly AuditEvent[];
  next: string | null;
}): Showing<typeof shape.events> {
  return { body: { events: events.map(eventOf), next_cursor: next } };
}

export function done(): Reply {
  return {};
}

/** RFC 6750 §3.1; RFC 9470 §3 says how lately whoever asks must have signed in. */
const CHALLENGES: Partial<Record<Reason, string>> = {
  password_change_required: 'Bearer error="invalid_token"',
  role_too_low: 'Bearer error="insufficient_scope"',
  sign_in_stale: `Bearer error="insufficient_user_authentication", max_age="${RECENT_SECONDS}"`,
};

/** A refusal in OAuth's form: nothing that came in is in it. RFC 6749 §5.2. */
export function refusal(
  [, error, description]: Wording,
  { reason, fields }: Refused,
): Showing<typeof shape.refusal> {
  const issues = fields.map(({ field, issue }) => `${field} ${issue}.`);
  const challenge = CHALLENGES[reason];
  return {
    body: { error, error_description: [description, ...issues].join(" ") },
    ...(challenge && { headers: { "www-authenticate": challenge } }),
  };
}

function recordOf(record: AccountRecord) {
  return {
    id: record.id,
    email: record.email,
    email_verified: record.emailVerifiedAt !== null,
    name: record.name,
    role: record.role,
    disabled: record.disabledAt !== null,
    must_reset_password: record.mustResetPassword,
    zapier: record.zapier,
    two_factor_enabled: record.twoFactorEnabled,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  };
}

function sessionOf(session: SessionInList) {
  const { id, contract, clientId, name, scope, actorId, address, city, country } = session;
  return {
    id,
    contract,
    client_id: clientId,
    client_name: session.app?.name ?? null,
    name,
    scope,
    impersonated_by: actorId,
    browser: session.client.browser,
    os: session.client.os,
    address,
    city,
    country,
    created_at: session.createdAt.toISOString(),
    last_used_at: session.lastUsedAt.toISOString(),
    expires_at: session.expiresAt.toISOString(),
  };
}

function eventOf({ id, event, actorId, accountId, ...told }: AuditEvent) {
  return {
    id,
    event,
    actor: actorId,
    target: accountId,
    session_id: told.sessionId,
    subject: told.subject,
    address: told.address,
    city: told.city,
    country: told.country,
    user_agent: told.userAgent,
    at: told.at.toISOString(),
  };
}
