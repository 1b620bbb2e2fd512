import { and, eq, exists, type SQL, sql } from "drizzle-orm";
import type { Account } from "../../core/account/account.ts";
import type { NewAccount } from "../../core/account/accounts.ts";
import type { Database } from "./database.ts";
import { isReserved } from "./is-reserved.ts";
import { recordWhere } from "./record-with.ts";
import { accounts, passwords, tenants } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * The statements that make an account where its address is free, kept for nobody and the condition
 * holds. Its events and the password follow it, and only where the account is ours: they belong in one
 * batch.
 */
export function insertAccount(
  db: Database,
  { account, passwordHash, event, verified }: NewAccount,
  condition: SQL = sql`true`,
) {
  const { id, createdAt } = account;
  const row: typeof accounts.$inferSelect = { ...account, disabledAt: null };
  const isKept = isReserved(account.tenantId, account.email, createdAt);
  const isOurs = eq(accounts.id, id);
  const isThere = exists(db.select({ one: sql`1` }).from(accounts).where(isOurs));
  return [
    db
      .insert(accounts)
      .select(sql`SELECT ${valuesOf(accounts, row)} WHERE ${condition} AND NOT ${isKept}`)
      .onConflictDoNothing()
      .returning({ id: accounts.id }),
    recordWhere(db, event, isThere),
    ...(verified ? [recordWhere(db, verified, isThere)] : []),
    db.insert(passwords).select(sql`
      SELECT ${accounts.id}, ${passwordHash}, ${createdAt.getTime()}, 0 FROM ${accounts}
      WHERE ${isOurs}`),
  ] as const;
}

/** That the account will be the first of its tenant, where people make accounts themselves. */
export function isFirstOf({ tenantId }: Account): SQL {
  const isOpen = and(eq(tenants.id, tenantId), eq(tenants.selfRegistration, true));
  return sql`NOT EXISTS (SELECT 1 FROM ${accounts} WHERE ${eq(accounts.tenantId, tenantId)})
    AND EXISTS (SELECT 1 FROM ${tenants} WHERE ${isOpen})`;
}
