import { randomBytes } from "node:crypto";
import { hashPassword } from "../../scripts/dev/hash-password.ts";
import { type Sql, sql } from "../../scripts/sql.ts";

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

export const groups: readonly string[] = [UNKNOWN, CONTROL, ...Object.keys(STATES)];

/** The address that a group is asked for at a turn: of an account that it has, or of none. */
export function addressOf(group: string, turn: number): string {
  const kind = Object.keys(STATES).indexOf(group);
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
  return Object.entries(STATES).flatMap(([state, change], kind) => {
    const prefix = addressAt(kind, 0).slice(0, "p-00".length);
    const own = sql`email LIKE ${`${prefix}%`}`;
    return [
      insertAccounts(prefix, accounts),
      sql`INSERT INTO passwords (account_id, hash, changed_at, reset_link_number)
        SELECT id, ${state === NO_PASSWORD ? null : hash}, created_at, 0 FROM accounts WHERE ${own}`,
      ...(change ? [sql`UPDATE accounts SET ${change} WHERE ${own}`] : []),
      ...(state === SECOND_FACTOR ? [insertSecondFactors(own)] : []),
    ];
  });
}

/** Nobody gets as far as to be asked for it. */
function insertSecondFactors(own: Sql): Sql {
  return sql`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at, last_step)
    SELECT id, id, 'nothing opens it', created_at, 0 FROM accounts WHERE ${own}`;
}

function insertAccounts(prefix: string, accounts: number): Sql {
  const now = new Date();
  return sql`INSERT INTO accounts (id, tenant_id, email, name, role, email_verified_at, trial_ends_at,
      profile, created_at, updated_at)
    WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${accounts})
    SELECT lower(hex(randomblob(16))), tenants.id, printf(${`${prefix}%010x@example.test`}, n),
      'Robin Example', 'user', ${now}, ${now}, '{}', ${now}, ${now}
    FROM numbers, tenants WHERE slug = 'default'`;
}
