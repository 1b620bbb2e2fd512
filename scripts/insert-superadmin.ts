import { TRIAL_MS } from "../src/core/account/new-account.ts";
import { databaseNow } from "./database-clock.ts";
import { databaseId } from "./database-id.ts";
import { type Sql, sql } from "./sql.ts";

export interface NewAccount {
  tenantSlug: string;
  /** In the spelling of `normaliseEmail`. */
  email: string;
  /** Null for an account without a password. */
  passwordHash: string | null;
}

/**
 * Makes a superadmin whose address counts as proved. Where the tenant has an account of this address,
 * or there is no such tenant, neither statement changes anything.
 */
export function insertSuperadmin({ tenantSlug, email, passwordHash }: NewAccount): {
  account: Sql;
  password: Sql;
} {
  return {
    account: sql`INSERT INTO accounts (id, tenant_id, email, role, email_verified_at, trial_ends_at,
        profile, created_at, updated_at)
      SELECT ${databaseId}, id, ${email}, 'superadmin', ${databaseNow}, ${databaseNow} + ${TRIAL_MS},
        '{}', ${databaseNow}, ${databaseNow}
      FROM tenants WHERE slug = ${tenantSlug}
      ON CONFLICT (tenant_id, email) DO NOTHING RETURNING id`,
    password: sql`INSERT INTO passwords (account_id, hash, changed_at, reset_link_number)
      SELECT id, ${passwordHash}, ${databaseNow}, 0 FROM accounts
      WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${tenantSlug}) AND email = ${email}
      ON CONFLICT (account_id) DO NOTHING`,
  };
}
