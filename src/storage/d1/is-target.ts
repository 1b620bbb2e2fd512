import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Target } from "../../core/admin/account-records.ts";
import { keepsSuperadmin } from "./keeps-superadmin.ts";
import { accounts } from "./schema.ts";

/**
 * That the account is there, of this tenant and of a role that may be touched; `keepsSuperadmin`: and
 * that the tenant has another superadmin who may sign in, where this one is one; `and`: and what else
 * has to hold of it.
 */
export function isTarget(
  { tenantId, accountId, roles }: Target,
  asked: { keepsSuperadmin: boolean; and?: SQL | undefined },
): SQL {
  const isThere = and(
    eq(accounts.id, accountId),
    eq(accounts.tenantId, tenantId),
    inArray(accounts.role, [...roles]),
    asked.keepsSuperadmin ? keepsSuperadmin : undefined,
    asked.and,
  );
  return sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${isThere})`;
}
