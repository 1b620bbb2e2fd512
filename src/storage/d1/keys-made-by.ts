import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { KeyKind } from "../../core/key/key.ts";
import type { Database } from "./database.ts";
import { accounts, keys } from "./schema.ts";

/**
 * True of the keys that an account made. Its tenant and the kinds stand in it because the index begins
 * with them: without, everybody's keys would be gone through.
 */
export function areMadeBy(
  db: Database,
  accountId: string,
  kinds: readonly KeyKind[],
): SQL | undefined {
  const tenant = db
    .select({ id: accounts.tenantId })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  return and(
    eq(keys.tenantId, sql`(${tenant})`),
    inArray(keys.kind, [...kinds]),
    eq(keys.accountId, accountId),
  );
}
