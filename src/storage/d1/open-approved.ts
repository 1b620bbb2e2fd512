import { and, eq, isNull, lte, type SQL, sql } from "drizzle-orm";
import { APPROVED_LIMIT, type NewSession } from "../../core/session/session.ts";
import type { Approval, Sessions } from "../../core/session/sessions.ts";
import { accountColumns } from "./account-columns.ts";
import { appNameOf } from "./app-name-of.ts";
import type { Database } from "./database.ts";
import { isClientThere } from "./is-client-there.ts";
import { makeRoom } from "./make-room.ts";
import { recordOpening } from "./record-opening.ts";
import { accounts, passwords, sessions } from "./schema.ts";
import { isLive, sessionColumns } from "./session-columns.ts";
import { sessionRow } from "./session-row.ts";

/**
 * One transaction: the session is opened where everything still holds, and written down as a sign-in
 * under the name that people know it by; or it was opened before.
 */
export async function openApproved(
  db: Database,
  session: NewSession,
  approval: Approval,
): ReturnType<Sessions["openApproved"]> {
  const { id, accountId, tenantId, clientId, name, createdAt: now } = session;
  const mayOpen = sql`${holds(accountId, approval)} AND ${accounts.mustResetPassword} = 0
    AND ${isClientThere({ tenantId, clientId: clientId ?? "", since: approval.at })}`;
  const wasOpened = sql`EXISTS (SELECT 1 FROM ${sessions}
    WHERE ${eq(sessions.id, id)} AND ${eq(sessions.createdAt, now)})`;
  const knownAs = sql`coalesce(${name}, ${appNameOf(tenantId, clientId)})`;
  // Reads of their own: a batch gives rows by column name, and the tables share some.
  const [[earlier], , [opened], [account]] = await db.batch([
    db.select({ id: sessions.id }).from(sessions).where(eq(sessions.id, id)),
    db.insert(sessions).select(sessionRow(session, mayOpen)).onConflictDoNothing(),
    db
      .select(sessionColumns)
      .from(sessions)
      .where(and(eq(sessions.id, id), isLive(now))),
    db
      .select(accountColumns)
      .from(accounts)
      .where(and(eq(accounts.id, accountId), isNull(accounts.disabledAt))),
    makeRoom(db, session, APPROVED_LIMIT, wasOpened),
    recordOpening(db, session, "signed-in", wasOpened, knownAs),
  ]);
  return opened && account
    ? { session: opened, account, opened: earlier ? "before" : "now" }
    : null;
}

/**
 * That nothing has voided the approval. What does, moves the password's time past it; but not past one that
 * comes just afterwards, from a request that had looked its session up just before. That session tells: it had
 * ended by then. Where a person signs out of it in itself, or it ends because there is no room for it, what it
 * approved before stays good.
 */
function holds(accountId: string, { at, bySessionId }: Approval): SQL {
  const hadEnded = and(eq(sessions.id, bySessionId ?? ""), lte(sessions.revokedAt, at));
  return sql`EXISTS (SELECT 1 FROM ${passwords}
    WHERE ${eq(passwords.accountId, accountId)} AND ${lte(passwords.changedAt, at)}
    AND NOT EXISTS (SELECT 1 FROM ${sessions} WHERE ${hadEnded}))`;
}
