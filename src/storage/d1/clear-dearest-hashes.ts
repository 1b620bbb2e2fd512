import { sql } from "drizzle-orm";
import type { Chore } from "./clean-up.ts";
import type { Database } from "./database.ts";
import { accounts, passwords, tenants } from "./schema.ts";
import { isForeignHash } from "./sealed-texts.ts";

/**
 * Has tenants forget what their dearest foreign hash cost, once they have no foreign hash any more: what
 * one costs is sealed with it, so that the last of them ends it. One statement, so that none is imported
 * between the look and the write.
 */
export function clearDearestHashes(db: Database): Chore {
  const { dearestHash } = tenants;
  // From the few passwords that are foreign to their accounts: the other way reads all of a tenant's.
  const ofTenant = sql`SELECT 1 FROM ${passwords} CROSS JOIN ${accounts}
    WHERE ${isForeignHash} AND ${accounts.id} = ${passwords.accountId}
      AND ${accounts.tenantId} = ${tenants.id}`;
  return {
    queries: 1,
    async step() {
      const { meta } = await db.run(sql`
        UPDATE ${tenants} SET ${sql.identifier(dearestHash.name)} = NULL
        WHERE ${dearestHash} > 0 AND NOT EXISTS (${ofTenant})`);
      return { removed: meta.changes, hasMore: false };
    },
  };
}
