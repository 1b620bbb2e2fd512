import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import { requireTenant } from "./find-tenant.ts";
import type { Row, Site } from "./task.ts";

/** The condition that picks the account out of `accounts`. */
export function isAccount({ slug, email }: Whose): Sql {
  return sql`tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) AND email = ${email}`;
}

/** How the account stands before anything is written. */
export function findAccount(whose: Whose): Sql {
  return sql`SELECT id, role, email_verified_at, disabled_at, zapier, must_reset_password
    FROM accounts WHERE ${isAccount(whose)}`;
}

/** That there is none, or none any more. */
export function noAccount({ slug, email }: Whose): Problem {
  return new Problem(
    `The tenant ${slug} has no account with the address ${email}.`,
    "Check the spelling of both. --tenant names another tenant; people make accounts by registering.",
  );
}

/** Gives the account, and refuses to go on without it or its tenant. */
export function requireAccount(
  { tenant, account: [account] }: { tenant: readonly Row[]; account: readonly Row[] },
  whose: Whose,
  site: Site,
): Row {
  requireTenant(tenant, whose.slug, site);
  if (!account) {
    throw noAccount(whose);
  }
  return account;
}
