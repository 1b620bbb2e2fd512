import { randomBytes } from "node:crypto";
import { hashPassword } from "../../scripts/dev/hash-password.ts";
import { insertTenant } from "../../scripts/insert-tenant.ts";
import { type Sql, sql } from "../../scripts/sql.ts";
import type { Vault } from "../../src/core/ports.ts";
import { readForeignHash } from "../../src/crypto/foreign-hash/foreign-hash.ts";
import { iterationsWorth } from "../../src/crypto/foreign-hash/iterations-worth.ts";
import { sealForeignHash } from "../../src/crypto/foreign-hash/seal-foreign-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";

/** What addresses are compared with. */
export const UNKNOWN = "no account";
/** The same once more: what is found between the two is noise. */
export const CONTROL = "no account, once more";

const NO_PASSWORD = "no password";
const SECOND_FACTOR = "second factor";

/** How the rows of a group's accounts differ from those of a plain one, whose address is proved. */
const STATES: Readonly<Record<string, Sql | null>> = {
  "proved address": null,
  "unproved address": sql`email_verified_at = NULL`,
  disabled: sql`disabled_at = created_at`,
  "must change password": sql`must_reset_password = 1`,
  [NO_PASSWORD]: null,
  [SECOND_FACTOR]: null,
};

const SALT = "AAECAwQFBgcICQoLDA0ODw";
const HASH = "A".repeat(43);

/** The tenant that people were imported into, and what they have in place of a hash of ours. */
export const MOVED = "moved";
const IMPORTED: Readonly<Record<string, string | null>> = {
  "not imported": null,
  "bcrypt of cost 10": `$2b$10$${"A".repeat(53)}`,
  "better-auth's scrypt": `$scrypt$ln=14,r=16,p=1$${SALT}$${HASH}`,
  // As the packages for Node and Python make it.
  "argon2id of 64 MiB": `$argon2id$v=19$m=65536,t=3,p=4$${SALT}$${HASH}`,
};

export const groups: readonly string[] = [UNKNOWN, CONTROL, ...Object.keys(STATES)];
export const movedGroups: readonly string[] = [UNKNOWN, CONTROL, ...Object.keys(IMPORTED)];

const kinds = [...Object.keys(STATES), ...Object.keys(IMPORTED)];

/** The address that a group is asked for at a turn: of an account that it has, or of none. */
export function addressOf(group: string, turn: number): string {
  const kind = kinds.indexOf(group);
  return kind < 0 ? `p-ff${randomBytes(5).toString("hex")}@example.test` : addressAt(kind, turn);
}

function addressAt(kind: number, number: number): string {
  const digits = (value: number, length: number) => value.toString(16).padStart(length, "0");
  return `p-${digits(kind, 2)}${digits(number, 10)}@example.test`;
}

/** Makes that many accounts of each group in a database that has none. */
export async function insertPeople(accounts: number, authSecret: string): Promise<Sql[]> {
  const secrets = { current: authSecret, previous: null };
  const hash = await hashPassword("a-password-nobody-types-here", secrets);
  const states = Object.entries(STATES).flatMap(([state, change]) => {
    const own = sql`email LIKE ${`${prefixOf(state)}%`}`;
    return [
      insertAccounts(state, accounts, "default"),
      insertPasswords(own, state === NO_PASSWORD ? null : hash),
      ...(change ? [sql`UPDATE accounts SET ${change} WHERE ${own}`] : []),
      ...(state === SECOND_FACTOR ? [insertSecondFactors(own)] : []),
    ];
  });
  return [...states, ...(await insertMoved(accounts, hash, createVault(secrets)))];
}

/** As `npm run admin -- import` stores them. */
async function insertMoved(accounts: number, own: string, vault: Vault): Promise<Sql[]> {
  const people = Object.entries(IMPORTED).map(async ([group, hash]) => [
    insertAccounts(group, accounts, MOVED),
    insertPasswords(
      sql`email LIKE ${`${prefixOf(group)}%`}`,
      hash === null ? own : await sealForeignHash(vault, hash),
    ),
  ]);
  const costs = Object.values(IMPORTED).map((hash) =>
    hash === null ? 0 : iterationsWorth(readForeignHash(hash)),
  );
  return [
    insertTenant({ slug: MOVED, name: "Moved", isOpen: false }),
    sql`UPDATE tenants SET dearest_hash = ${Math.max(...costs)} WHERE slug = ${MOVED}`,
    ...(await Promise.all(people)).flat(),
  ];
}

function prefixOf(group: string): string {
  return addressOf(group, 0).slice(0, "p-00".length);
}

function insertPasswords(owners: Sql, hash: string | null): Sql {
  return sql`INSERT INTO passwords (account_id, hash, changed_at, reset_link_number)
    SELECT id, ${hash}, created_at, 0 FROM accounts WHERE ${owners}`;
}

/** Nobody gets as far as to be asked for it. */
function insertSecondFactors(own: Sql): Sql {
  return sql`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at, last_step)
    SELECT id, id, 'nothing opens it', created_at, 0 FROM accounts WHERE ${own}`;
}

function insertAccounts(group: string, accounts: number, tenant: string): Sql {
  const now = new Date();
  return sql`INSERT INTO accounts (id, tenant_id, email, name, role, email_verified_at, trial_ends_at,
      profile, created_at, updated_at)
    WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${accounts})
    SELECT lower(hex(randomblob(16))), tenants.id, printf(${`${prefixOf(group)}%010x@example.test`}, n),
      'Robin Example', 'user', ${now}, ${now}, '{}', ${now}, ${now}
    FROM numbers, tenants WHERE slug = ${tenant}`;
}
