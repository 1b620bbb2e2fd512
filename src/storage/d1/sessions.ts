import { and, eq, getTableColumns, gt, isNull, lte, type SQL, sql } from "drizzle-orm";
import type { Sessions } from "../../core/ports.ts";
import type { Session } from "../../core/session/session.ts";
import type { Database } from "./database.ts";
import { accounts, passwords, sessions } from "./schema.ts";

/** How long the generation just spent still leads to its successor. RFC 9700 §4.14.2 allows a few seconds. */
const GRACE_SECONDS = 10;

const { disabledAt: _disabledAt, ...accountColumns } = getTableColumns(accounts);
const {
  generation: _generation,
  refreshedAt: _refreshedAt,
  revokedAt: _revokedAt,
  ...sessionColumns
} = getTableColumns(sessions);

/** Sessions in D1. Whatever is spent is spent by a single conditional write. */
export function d1Sessions(db: Database): Sessions {
  return {
    async open(session, passwordChangedAt) {
      const opened = await db
        .insert(sessions)
        .select(rowOf(session, hasPassword(session, eq(passwords.changedAt, passwordChangedAt))))
        .returning({ id: sessions.id });
      return opened.length > 0;
    },

    async openApproved(session, approvedAt) {
      const sincePassword = hasPassword(session, lte(passwords.changedAt, approvedAt));
      const [, [account]] = await db.batch([
        db.insert(sessions).select(rowOf(session, sincePassword)).onConflictDoNothing(),
        db
          .select(accountColumns)
          .from(sessions)
          .innerJoin(accounts, eq(accounts.id, sessions.accountId))
          .where(and(eq(sessions.id, session.id), isLive(session.createdAt))),
      ]);
      return account ?? null;
    },

    async findCaller(sessionId, now) {
      const [caller] = await db
        .select({ session: sessionColumns, account: accountColumns })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(and(eq(sessions.id, sessionId), isLive(now)));
      return caller ?? null;
    },

    advance: (...args) => advance(db, ...args),

    async revoke(sessionId, now) {
      await db
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
    },
  };
}

function isLive(now: Date) {
  return and(isNull(sessions.revokedAt), gt(sessions.expiresAt, now), isNull(accounts.disabledAt));
}

function hasPassword({ accountId }: Session, changed: SQL): SQL {
  return sql`EXISTS (SELECT 1 FROM ${passwords}
    WHERE ${eq(passwords.accountId, accountId)} AND ${changed})`;
}

/** A session's row, if its account is there and enabled at the moment of writing. */
function rowOf(session: Session, condition: SQL): SQL {
  const row: typeof sessions.$inferSelect = {
    ...session,
    generation: 0,
    refreshedAt: null,
    revokedAt: null,
  };
  const values = Object.entries(getTableColumns(sessions)).map(([name, column]) =>
    sql.param(row[name as keyof typeof row], column),
  );
  return sql`SELECT ${sql.join(values, sql`, `)} FROM ${accounts}
    WHERE ${eq(accounts.id, session.accountId)} AND ${isNull(accounts.disabledAt)} AND ${condition}`;
}

/**
 * One UPDATE decides what a refresh token is worth. Its right-hand sides see the row as it was: the
 * current generation moves on, the one before it within the grace changes nothing, and any other is
 * a replay that ends the session.
 */
async function advance(
  db: Database,
  sessionId: string,
  generation: number,
  now: Date,
  idleSeconds: number,
): ReturnType<Sessions["advance"]> {
  const isCurrent = sql`${sessions.generation} = ${generation}`;
  const graceBegan = now.getTime() - GRACE_SECONDS * 1000;
  const isRetry = sql`${sessions.generation} = ${generation + 1} AND ${sessions.refreshedAt} > ${graceBegan}`;
  const idleAt = now.getTime() + idleSeconds * 1000;
  const [row] = await db
    .update(sessions)
    .set({
      generation: sql`CASE WHEN ${isCurrent} THEN ${generation + 1} ELSE ${sessions.generation} END`,
      refreshedAt: sql`CASE WHEN ${isCurrent} THEN ${now.getTime()} ELSE ${sessions.refreshedAt} END`,
      expiresAt: sql`CASE WHEN ${isCurrent} THEN min(${sessions.endsAt}, ${idleAt}) ELSE ${sessions.expiresAt} END`,
      revokedAt: sql`CASE WHEN ${isCurrent} OR (${isRetry}) THEN NULL ELSE ${now.getTime()} END`,
    })
    .where(
      and(
        eq(sessions.id, sessionId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
        sql`EXISTS (SELECT 1 FROM ${accounts}
          WHERE ${accounts.id} = ${sessions.accountId} AND ${accounts.disabledAt} IS NULL)`,
      ),
    )
    .returning();
  if (!row) {
    return null;
  }
  const { generation: successor, refreshedAt: _, revokedAt, ...session } = row;
  return revokedAt ? "replayed" : { session, generation: successor };
}
