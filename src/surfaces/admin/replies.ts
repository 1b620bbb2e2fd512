import type { AccountInFull, AccountRecord } from "../../core/admin/account-records.ts";
import type { ChangedAccount } from "../../core/admin/change-account.ts";
import type { ClientRecord } from "../../core/admin/client-records.ts";
import type { ClientWithSecret } from "../../core/admin/client-with-secret.ts";
import type { WordedLetter } from "../../core/admin/list-letters.ts";
import type { TenantRecord } from "../../core/admin/tenant-records.ts";
import type { WebhookRecord } from "../../core/admin/webhook-records.ts";
import type { WebhookWithSecret } from "../../core/admin/webhook-with-secret.ts";
import { outcomeOf } from "../../core/audit/audit-events.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import { RECENT_SECONDS } from "../../core/caller/refuse-stale.ts";
import type { Key } from "../../core/key/key.ts";
import type { Reason, Refused } from "../../core/refused.ts";
import type { SessionInList } from "../../core/session/list-sessions.ts";
import type { FrontEnd } from "../../core/tenant/front-end.ts";
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

export function changedAccount(record: ChangedAccount): Showing<typeof shape.changedAccount> {
  const { endedCount, revokedKeyCount } = record;
  return {
    body: {
      ...accountInFull(record).body,
      ended_count: endedCount,
      revoked_key_count: revokedKeyCount,
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

export function keys({ keys }: { keys: readonly Key[] }): Showing<typeof shape.keys> {
  return {
    body: {
      keys: keys.map((key) => ({
        id: key.id,
        kind: key.kind,
        account_id: key.accountId,
        name: key.name,
        prefix: key.prefix,
        scopes: [...key.scopes],
        created_at: key.createdAt.toISOString(),
        expires_at: key.expiresAt?.toISOString() ?? null,
        last_used_at: key.lastUsedAt?.toISOString() ?? null,
      })),
    },
  };
}

export function tenant(record: TenantRecord): Showing<typeof shape.tenant> {
  const { mediaType = null, base64 = null } = record.brandLogo ?? {};
  return { body: { ...tenantOf(record), brand_logo: base64, brand_logo_type: mediaType } };
}

export function tenants({
  tenants,
  next,
}: {
  tenants: readonly TenantRecord[];
  next: string | null;
}): Showing<typeof shape.tenants> {
  return { body: { tenants: tenants.map(tenantOf), next_cursor: next } };
}

export function letter(letter: WordedLetter): Showing<typeof shape.letter> {
  return { body: letterOf(letter) };
}

export function letters({
  letters,
}: {
  letters: readonly WordedLetter[];
}): Showing<typeof shape.letters> {
  return { body: { letters: letters.map(letterOf) } };
}

export function frontEnd(frontEnd: FrontEnd): Showing<typeof shape.frontEnd> {
  return { body: frontEndOf(frontEnd) };
}

export function frontEnds({
  frontEnds,
}: {
  frontEnds: readonly FrontEnd[];
}): Showing<typeof shape.frontEnds> {
  return { body: { front_ends: frontEnds.map(frontEndOf) } };
}

export function client(record: ClientRecord): Showing<typeof shape.client> {
  return { body: clientOf(record) };
}

export function clients({
  clients,
  next,
}: {
  clients: readonly ClientRecord[];
  next: string | null;
}): Showing<typeof shape.clients> {
  return { body: { clients: clients.map(clientOf), next_cursor: next } };
}

/** The only answer in which a client's secret stands. */
export function clientWithSecret({
  client,
  secret,
}: ClientWithSecret): Showing<typeof shape.clientWithSecret> {
  return { body: { ...clientOf(client), client_secret: secret } };
}

export function webhook(record: WebhookRecord): Showing<typeof shape.webhook> {
  return { body: webhookOf(record) };
}

export function webhooks({
  webhooks,
  next,
}: {
  webhooks: readonly WebhookRecord[];
  next: string | null;
}): Showing<typeof shape.webhooks> {
  return { body: { webhooks: webhooks.map(webhookOf), next_cursor: next } };
}

/** The only answer in which a webhook's secret stands. */
export function webhookWithSecret({
  webhook,
  secret,
}: WebhookWithSecret): Showing<typeof shape.webhookWithSecret> {
  return { body: { ...webhookOf(webhook), webhook_secret: secret } };
}

export function done(): Reply {
  return {};
}

/** RFC 6750 §3.1; RFC 9470 §3 says how lately whoever asks must have signed in. */
const CHALLENGES: Partial<Record<Reason, string>> = {
  password_change_required: 'Bearer error="invalid_token"',
  role_too_low: 'Bearer error="insufficient_scope"',
  operator_only: 'Bearer error="insufficient_scope"',
  sign_in_stale: `Bearer error="insufficient_user_authentication", max_age="${RECENT_SECONDS}"`,
};

/** A refusal in OAuth's form, RFC 6749 §5.2: of what came in, names that are not known are in it alone. */
export function refusal(
  [, error, description]: Wording,
  { reason, fields, scopes }: Refused,
): Showing<typeof shape.refusal> {
  const issues = fields.map(({ field, issue }) => `${field} ${issue}.`);
  const takes = scopes.length > 0 ? [`This takes ${scopes.join(" and ")}.`] : [];
  const challenge = CHALLENGES[reason];
  return {
    body: { error, error_description: [description, ...issues, ...takes].join(" "), reason },
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
    outcome: outcomeOf(event),
    actor: actorId,
    target: accountId,
    session_id: told.sessionId,
    client_id: told.clientId,
    subject: told.subject,
    address: told.address,
    city: told.city,
    country: told.country,
    user_agent: told.userAgent,
    at: told.at.toISOString(),
  };
}

function tenantOf({ id, slug, name, isOpen, ...told }: TenantRecord) {
  return {
    id,
    slug,
    name,
    registration: isOpen ? ("open" as const) : ("closed" as const),
    brand_name: told.brandName,
    brand_color: told.brandColor,
    has_logo: told.brandLogo !== null,
    sender_name: told.senderName,
    reply_to: told.replyTo,
    created_at: told.createdAt.toISOString(),
  };
}

function letterOf({ kind, language, texts }: WordedLetter) {
  return {
    kind,
    language,
    subject: texts.subject ?? null,
    lead: texts.lead ?? null,
    action: texts.action ?? null,
    more: texts.more ?? null,
    not_you: texts.notYou ?? null,
    what: texts.what ?? null,
  };
}

function frontEndOf({ alias, url, createdAt, changedAt }: FrontEnd) {
  return {
    alias,
    url,
    created_at: createdAt.toISOString(),
    changed_at: changedAt.toISOString(),
  };
}

function clientOf(client: ClientRecord) {
  return {
    id: client.id,
    name: client.name,
    owner: client.owner,
    grants: [...client.grants],
    scopes: [...client.scopes],
    redirect_uris: [...client.redirectUris],
    resources: [...client.resources],
    confidential: client.isConfidential,
    first_party: client.isFirstParty,
    same_place: client.samePlace,
    created_at: client.createdAt.toISOString(),
  };
}

function webhookOf(webhook: WebhookRecord) {
  return {
    id: webhook.id,
    url: webhook.url,
    events: webhook.events && [...webhook.events],
    seals_behind: webhook.sealsBehind,
    failing_since: timeOf(webhook.failingSince),
    problem: webhook.problem,
    retry_at: timeOf(webhook.retryAt),
    disabled_at: timeOf(webhook.disabledAt),
    previous_secret_until: timeOf(webhook.previousUntil),
    created_at: webhook.createdAt.toISOString(),
  };
}

function timeOf(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
