import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Target } from "../../core/admin/account-records.ts";
import { accounts } from "./schema.ts";

/**
 * That the account is there, of this tenant and of a role that may be touched; `keepsSuperadmin`: and
 * that the tenant has another superadmin who may sign in, where this one is one.
 */
export function isTarget(
  { tenantId, accountId, roles }: Target,
  { keepsSuperadmin }: { keepsSuperadmin: boolean },
): SQL {
  const isThere = and(
    eq(accounts.id, accountId),
    eq(accounts.tenantId, tenantId),
    inArray(accounts.role, [...roles]),
    keepsSuperadmin
      ? sql`(${accounts.role} <> 'superadmin' OR ${another(tenantId, accountId)})`
      : undefined,
  );
  return sql`EXISTS (SELECT 1 FROM ${accounts} WHERE ${isThere})`;
}

/** The role stands as a text in it, or the index of the few superadmins would not be used. */
function another(tenantId: string, accountId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${accounts} AS other WHERE other.tenant_id = ${tenantId}
    AND other.role = 'superadmin' AND other.id <> ${accountId} AND other.disabled_at IS NULL)`;
}
