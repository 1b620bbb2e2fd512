import { and, desc, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { EndedSession, RevokedSessions, Sessions } from "../../core/session/sessions.ts";
import { accountColumns } from "./account-columns.ts";
import { advance } from "./advance-session.ts";
import type { Database } from "./database.ts";
import { openApproved } from "./open-approved.ts";
import { openSession } from "./open-session.ts";
import { accounts, clients, passwords, sessions } from "./schema.ts";
import { isLive, sessionColumns } from "./session-columns.ts";

const endedColumns = {
  id: sessions.id,
  name: sessions.name,
  userAgent: sessions.userAgent,
  appName: sql<string | null>`(SELECT client.name FROM ${clients} AS client
    WHERE client.tenant_id = sessions.tenant_id AND client.id = sessions.client_id)`,
};

/** Sessions in D1. Whatever is spent is spent by a single conditional write. */
export function d1Sessions(db: Database): Sessions {
  return {
    open: (opening) => openSession(db, opening),
    openApproved: (session, approvedAt) => openApproved(db, session, approvedAt),

    async findCaller(sessionId, now, generation) {
      const [caller] = await db
        .select({ session: sessionColumns, account: accountColumns })
        .from(sessions)
        .innerJoin(accounts, eq(accounts.id, sessions.accountId))
        .where(
          and(
            eq(sessions.id, sessionId),
            isLive(now),
            isNull(accounts.disabledAt),
            actorReaches(now),
            generation === undefined ? undefined : eq(sessions.generation, generation),
          ),
        );
      return caller ?? null;
    },

    list: (accountId, now, most = -1) =>
      db
        .select({ ...sessionColumns, app: { name: clients.name, grants: clients.grants } })
        .from(sessions)
        .leftJoin(
          clients,
          and(eq(clients.tenantId, sessions.tenantId), eq(clients.id, sessions.clientId)),
        )
        .where(and(eq(sessions.accountId, accountId), isLive(now)))
        .orderBy(desc(sessions.number))
        .limit(most),

    async findOwner(sessionId, now) {
      const [owner] = await db
        .select({ accountId: sessions.accountId, tenantId: sessions.tenantId })
        .from(sessions)
        .where(and(eq(sessions.id, sessionId), isLive(now)));
      return owner ?? null;
    },

    advance: (step) => advance(db, step),

    revoke: (accountId, which, now) => revoke(db, accountId, which, now),

    async rename(accountId, { sessionId, name }, now) {
      const renamed = await db
        .update(sessions)
        .set({ name })
        .where(and(areOf(accountId, { id: sessionId }), isLive(now)))
        .returning({ id: sessions.id });
      return renamed.length > 0;
    },

    leave: (leaving, now) => leave(db, leaving, now),

    async touch(sessionId, now) {
      await db.update(sessions).set({ lastUsedAt: now }).where(eq(sessions.id, sessionId));
    },
  };
}

async function revoke(
  db: Database,
  ...[accountId, which, now]: Parameters<Sessions["revoke"]>
): Promise<EndedSession[]> {
  const revocation = db
    .update(sessions)
    .set({ revokedAt: now })
    .where(and(isLive(now), areOf(accountId, which)))
    .returning(endedColumns);
  if (!("allBut" in which)) {
    return revocation;
  }
  const [ended] = await db.batch([revocation, forgetApprovals(db, accountId, now)]);
  return ended;
}

/**
 * Who impersonates is out as soon as they could not begin it any more: disabled, no longer of a
 * higher role, signed out, or with a password that was changed since or has to be.
 */
function actorReaches(now: Date): SQL {
  return sql`(${sessions.actorId} IS NULL OR EXISTS (SELECT 1 FROM ${accounts} AS actor
    JOIN ${passwords} AS secret ON secret.account_id = actor.id
    JOIN ${sessions} AS own ON own.account_id = actor.id
    WHERE actor.id = ${sessions.actorId} AND actor.disabled_at IS NULL
    AND actor.must_reset_password = 0 AND secret.changed_at <= ${sessions.createdAt}
    AND own.revoked_at IS NULL AND own.expires_at > ${now.getTime()}
    AND own.created_at <= ${sessions.createdAt}
    AND ${rankOf(sql`actor.role`)} > ${rankOf(sql`${accounts.role}`)}))`;
}

function rankOf(role: SQL): SQL {
  return sql`CASE ${role} WHEN 'superadmin' THEN 2 WHEN 'admin' THEN 1 ELSE 0 END`;
}

/** What was approved and not yet redeemed is older than the password now, and opens nothing. */
function forgetApprovals(db: Database, accountId: string, now: Date) {
  return db
    .update(passwords)
    .set({ changedAt: sql`max(${passwords.changedAt}, ${now.getTime()})` })
    .where(eq(passwords.accountId, accountId));
}

function areOf(accountId: string, which: RevokedSessions) {
  const own = eq(sessions.accountId, accountId);
  if ("id" in which) {
    return and(own, eq(sessions.id, which.id));
  }
  if ("number" in which) {
    return and(own, eq(sessions.number, which.number));
  }
  // With them whatever the account does in another's name.
  return and(or(own, eq(sessions.actorId, accountId)), ne(sessions.id, which.allBut));
}

/** The session that asks is looked up in the same transaction in which it or its siblings end. */
async function leave(
  db: Database,
  { tenantId, sessionId, listed }: Parameters<Sessions["leave"]>[0],
  now: Date,
): Promise<boolean> {
  const asking = and(
    eq(sessions.id, sessionId),
    eq(sessions.tenantId, tenantId),
    isLive(now),
    // Others are ended by the person alone, not by a device or whoever impersonates.
    listed ? and(isNull(sessions.scope), isNull(sessions.actorId)) : undefined,
  );
  const owner = sql`(SELECT ${sessions.accountId} FROM ${sessions} WHERE ${asking})`;
  const [found] = await db.batch([
    db.select({ id: sessions.id }).from(sessions).where(asking),
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(
        and(
          inArray(sessions.id, [...(listed ?? [sessionId])]),
          sql`${sessions.accountId} = ${owner}`,
          isNull(sessions.revokedAt),
        ),
      ),
  ]);
  return found.length > 0;
}
