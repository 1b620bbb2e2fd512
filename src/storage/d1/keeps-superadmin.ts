import { type SQL, sql } from "drizzle-orm";
import { accounts } from "./schema.ts";

/**
 * Of an account that it is no superadmin, or that its tenant has another one who may sign in. The role
 * stands as a text in it, or the index of the few superadmins would not be used.
 */
export const keepsSuperadmin: SQL = sql`(${accounts.role} <> 'superadmin'
  OR EXISTS (SELECT 1 FROM ${accounts} AS other WHERE other.tenant_id = ${accounts.tenantId}
    AND other.role = 'superadmin' AND other.id <> ${accounts.id} AND other.disabled_at IS NULL))`;
