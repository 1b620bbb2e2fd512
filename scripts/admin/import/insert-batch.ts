import { UNDO_WINDOW_MS } from "../../../src/core/mail/undo-window.ts";
import { Sql, sql } from "../../sql.ts";
import { tellDeed } from "../tell-event.ts";
import type { PreparedRow, TableName } from "./prepared-row.ts";

const COLUMNS: Readonly<Record<TableName, string>> = {
  accounts:
    "id, tenant_id, email, name, given_name, family_name, role, email_verified_at, must_reset_password, zapier, trial_ends_at, profile, disabled_at, created_at, updated_at",
  second_factors: "account_id, enrolment_id, sealed_secret, confirmed_at, last_step",
  recovery_codes: "account_id, digest",
  passkeys:
    "id, tenant_id, account_id, name, credential_id, public_key, counter, transports, is_synced, created_at, last_used_at",
  keys: "id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at, expires_at, last_used_at",
  passwords: "account_id, hash, changed_at",
};

/** The place of the account's id in a row of each table that follows the accounts. */
const ACCOUNT_ID: Readonly<Record<Exclude<TableName, "accounts">, number>> = {
  second_factors: 0,
  recovery_codes: 0,
  passkeys: 2,
  keys: 2,
  passwords: 0,
};

/**
 * The statements that store rows in one transaction; the first gives the ids of the accounts that are new,
 * and the second writes down how many they are: an event for each would triple what an import writes.
 *
 * An address or id that is taken, or kept for whom it was taken from, is passed over, and nothing is
 * changed of whose it is: what follows an account is stored only where it is there and has no row among
 * the passwords yet, which every account gets in the write that makes it. So passwords come last. From the
 * same moment on a wrong password costs as much in the tenant as the dearest of them.
 */
export function insertBatch(batch: readonly PreparedRow[], tenantId: string, now: Date): Sql[] {
  const keptSince = now.getTime() - UNDO_WINDOW_MS;
  const accounts = sql`INSERT INTO accounts (${columnsOf("accounts")})
    SELECT ${cellsOf("accounts")} FROM json_each(${rowsOf(batch, "accounts")}) AS row
    WHERE NOT EXISTS (SELECT 1 FROM email_changes WHERE tenant_id = row.value ->> 1
      AND from_email = row.value ->> 2 AND changed_at > ${keptSince} AND account_id <> row.value ->> 0)
    ON CONFLICT DO NOTHING RETURNING id`;
  const following = (Object.keys(ACCOUNT_ID) as (keyof typeof ACCOUNT_ID)[])
    .filter((table) => batch.some(({ rows }) => rows[table].length > 0))
    .map((table) => {
      const owner = new Sql(`row.value ->> ${ACCOUNT_ID[table]}`);
      return sql`INSERT INTO ${new Sql(table)} (${columnsOf(table)})
        SELECT ${cellsOf(table)} FROM json_each(${rowsOf(batch, table)}) AS row
        WHERE EXISTS (SELECT 1 FROM accounts WHERE id = ${owner})
          AND NOT EXISTS (SELECT 1 FROM passwords WHERE account_id = ${owner})
        ON CONFLICT DO NOTHING`;
    });
  const told = tellDeed("accounts-imported", { subject: sql`changes()`, tenantId });
  return [accounts, told, ...following, ...raiseDearest(batch, tenantId)];
}

function raiseDearest(batch: readonly PreparedRow[], tenantId: string): Sql[] {
  const dearest = Math.max(...batch.map(({ dearness }) => dearness ?? 0));
  return dearest === 0
    ? []
    : [
        sql`UPDATE tenants SET dearest_hash = max(coalesce(dearest_hash, 0), ${dearest})
          WHERE id = ${tenantId}`,
      ];
}

function columnsOf(table: TableName): Sql {
  return new Sql(COLUMNS[table]);
}

function cellsOf(table: TableName): Sql {
  const cells = COLUMNS[table].split(",").map((_, index) => `row.value ->> ${index}`);
  return new Sql(cells.join(", "));
}

function rowsOf(batch: readonly PreparedRow[], table: TableName): string {
  return plainJson(batch.flatMap(({ rows }) => rows[table]));
}

/** How much of a statement a row takes. */
export function bytesOf({ rows }: PreparedRow): number {
  const json = plainJson(Object.values(rows));
  // A quotation mark is written twice.
  return new TextEncoder().encode(json).length + json.split("'").length - 1;
}

/** JSON without what `sqlLiteral` would write in hexadecimal digits, twice as long. */
function plainJson(value: unknown): string {
  const escaped = (text: string) => `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value)
    .replaceAll(/\p{Cc}/gu, escaped)
    .replaceAll(/(?<=BEGIN) (?=TRANSACTION)|(?<=COMMIT);/g, escaped);
}
