import { type Sql, sql } from "../../sql.ts";
import type { Row } from "../task.ts";

/**
 * What is stored of one person, by what each part is called for them. Columns are named one by one: a new
 * one is not told before somebody has thought of it, and a hash or a secret never.
 */
export function personStatements(accountId: string, email: string, tenantId: string) {
  return {
    account: sql`SELECT id, email, name, given_name, family_name, role, profile, email_verified_at,
        disabled_at, must_reset_password, trial_ends_at, created_at, updated_at,
        (SELECT slug FROM tenants WHERE id = tenant_id) AS tenant
      FROM accounts WHERE id = ${accountId}`,
    password: sql`SELECT hash IS NOT NULL AS is_set, changed_at FROM passwords
      WHERE account_id = ${accountId}`,
    second_factor: sql`SELECT confirmed_at,
        (SELECT count(*) FROM recovery_codes WHERE account_id = ${accountId} AND spent_on IS NULL)
          AS recovery_codes_left
      FROM second_factors WHERE account_id = ${accountId}`,
    passkeys: sql`SELECT name, created_at, last_used_at FROM passkeys
      WHERE account_id = ${accountId} ORDER BY id`,
    keys: sql`SELECT kind, name, prefix, scopes, created_at, expires_at, last_used_at FROM keys
      WHERE tenant_id = ${tenantId} AND kind IN ('api', 'service') AND account_id = ${accountId}
      ORDER BY id`,
    sessions: sql`SELECT number, contract, client_id, name, user_agent, address, city, country, network,
        created_at, last_used_at, expires_at, revoked_at FROM sessions
      WHERE account_id = ${accountId} ORDER BY number`,
    // Where somebody else was who did it, such as an administrator, is theirs.
    events: sql`SELECT event, subject, client_id,
        iif(actor_id IN ('', account_id), address, NULL) AS address,
        iif(actor_id IN ('', account_id), city, NULL) AS city,
        iif(actor_id IN ('', account_id), country, NULL) AS country,
        iif(actor_id IN ('', account_id), user_agent, NULL) AS user_agent, at,
        actor_id = account_id AS by_the_person FROM audit_events
      WHERE account_id = ${accountId} ORDER BY id`,
    email_changes: sql`SELECT from_email, to_email, requested_at, changed_at FROM email_changes
      WHERE account_id = ${accountId} ORDER BY id`,
    address_proof: sql`SELECT linked_at, proved_at FROM address_proofs
      WHERE tenant_id = ${tenantId} AND email = ${email}`,
    mail_suppression: sql`SELECT reason, at, "until" FROM suppressed_addresses
      WHERE tenant_id = ${tenantId} AND email = ${email}`,
  };
}

/** Parts of which there is one at most. */
const SINGLE = new Set([
  "account",
  "password",
  "second_factor",
  "address_proof",
  "mail_suppression",
]);
/** Columns that hold JSON. */
const JSON_COLUMNS = new Set(["profile", "scopes"]);
const FLAGS = new Set(["is_set", "must_reset_password", "by_the_person"]);

/** The answers to those statements as a text of JSON for people, with times in UTC. */
export function personAsJson(statements: Record<string, Sql>, answers: readonly Row[][]): string {
  const parts = Object.keys(statements).map((part, index) => {
    const rows = (answers[index] ?? []).map(readable);
    return [part, SINGLE.has(part) ? (rows[0] ?? null) : rows];
  });
  return JSON.stringify(Object.fromEntries(parts), null, 2);
}

function readable(row: Row): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, shown(name, value)]));
}

function shown(name: string, value: Row[string]): unknown {
  if (value === null) {
    return null;
  }
  if (["at", "until"].includes(name) || name.endsWith("_at")) {
    return new Date(Number(value)).toISOString();
  }
  if (FLAGS.has(name)) {
    return value !== 0;
  }
  return JSON_COLUMNS.has(name) ? (JSON.parse(String(value)) as unknown) : value;
}
