import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Target } from "../../core/admin/account-records.ts";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { isTarget } from "./is-target.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import {
  accounts,
  addressProofs,
  emailChanges,
  keys,
  passkeys,
  passwords,
  recoveryCodes,
  secondFactors,
  sessions,
  suppressedAddresses,
  tenants,
} from "./schema.ts";

/**
 * One transaction, decided by its first statement. What an account made for its tenant goes too: a
 * service key lets nobody in without the account that made it. An open tenant is closed behind its last
 * account, or whoever registered next would be its superadmin.
 */
export async function removeAccount(
  db: Database,
  target: Target & { email: string },
  event: AuditEvent,
): Promise<boolean> {
  const { accountId, email, tenantId } = target;
  const hasWon = isRecorded(event);
  const own = [passwords, sessions, secondFactors, recoveryCodes, passkeys, emailChanges] as const;
  const [recorded] = await db.batch([
    recordWhere(db, event, isTarget(target, { keepsSuperadmin: true })),
    ...own.map((table) => db.delete(table).where(and(eq(table.accountId, accountId), hasWon))),
    ...(["api", "service"] as const).map((kind) =>
      db
        .delete(keys)
        .where(
          and(
            eq(keys.tenantId, tenantId),
            eq(keys.kind, kind),
            eq(keys.accountId, accountId),
            hasWon,
          ),
        ),
    ),
    // Where it acts as somebody else.
    db.delete(sessions).where(and(eq(sessions.actorId, accountId), hasWon)),
    ...([addressProofs, suppressedAddresses] as const).map((table) =>
      db.delete(table).where(and(eq(table.tenantId, tenantId), eq(table.email, email), hasWon)),
    ),
    db.delete(accounts).where(and(eq(accounts.id, accountId), hasWon)),
    db
      .update(tenants)
      .set({ selfRegistration: false })
      .where(and(isOpenAndEmpty(tenantId), hasWon)),
  ]);
  return recorded.length > 0;
}

function isOpenAndEmpty(tenantId: string): SQL | undefined {
  return and(
    eq(tenants.id, tenantId),
    eq(tenants.selfRegistration, true),
    sql`NOT EXISTS (SELECT 1 FROM ${accounts} WHERE ${eq(accounts.tenantId, tenantId)})`,
  );
}
