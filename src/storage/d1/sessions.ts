import { and, desc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { EndedSession, RevokedSessions, Sessions } from "../../core/session/sessions.ts";
import { sessionAdvances } from "./advance-session.ts";
import { appNameOf } from "./app-name-of.ts";
import type { Database } from "./database.ts";
import { endSession } from "./end-session.ts";
import { sessionCallers } from "./find-session-caller.ts";
import { forgetApprovals, mayHaveApproved } from "./forget-approvals.ts";
import { isStillIn } from "./is-still-in.ts";
import { openApproved } from "./open-approved.ts";
import { sessionOpenings } from "./open-session.ts";
import { clients, sessions } from "./schema.ts";
import { isLive, sessionColumns } from "./session-columns.ts";

const endedColumns = {
  id: sessions.id,
  clientId: sessions.clientId,
  name: sessions.name,
  userAgent: sessions.userAgent,
  appName: appNameOf(sql`${sessions}.tenant_id`, sql`${sessions}.client_id`),
};

/** Sessions in D1. Whatever is spent is spent by a single conditional write. */
export function d1Sessions(db: Database): Sessions {
  return {
    ...sessionOpenings(db),
    openApproved: (session, approval) => openApproved(db, session, approval),

    ...sessionCallers(db),

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

    ...sessionAdvances(db),

    endGiven: ({ accountId, sessionId }, event) =>
      endSession(db, sessionId, and(eq(sessions.accountId, accountId), isLive(event.at)), event),

    revoke: (...which) => revoke(db, ...which),

    async rename(accountId, { sessionId, name }, by) {
      const renamed = await db
        .update(sessions)
        .set({ name })
        .where(and(areOf(accountId, { id: sessionId }), isLive(by.at), isStillIn(by)))
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
  ...[accountId, which, now, by]: Parameters<Sessions["revoke"]>
): Promise<EndedSession[]> {
  const isIn = by && isStillIn(by);
  const ending = and(isLive(now), areOf(accountId, which), isIn);
  const revocation = db
    .update(sessions)
    .set({ revokedAt: now })
    .where(ending)
    .returning(endedColumns);
  if ("id" in which) {
    return revocation;
  }
  const condition = "allBut" in which ? isIn : mayHaveApproved(ending);
  const [, ended] = await db.batch([forgetApprovals(db, accountId, now, condition), revocation]);
  return ended;
}

function areOf(accountId: string, which: RevokedSessions) {
  const own = eq(sessions.accountId, accountId);
  if ("id" in which) {
    return and(own, eq(sessions.id, which.id));
  }
  if ("otherId" in which) {
    return and(own, eq(sessions.id, which.otherId));
  }
  if ("otherNumber" in which) {
    return and(own, eq(sessions.number, which.otherNumber));
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
  const ending = (ids: readonly string[]) =>
    and(
      inArray(sessions.id, [...ids]),
      sql`${sessions.accountId} = ${owner}`,
      isNull(sessions.revokedAt),
    );
  const others = listed?.filter((id) => id !== sessionId) ?? [];
  const [found] = await db.batch([
    db.select({ id: sessions.id }).from(sessions).where(asking),
    // First: the owner is known while the session that asks lives.
    ...(others.length > 0
      ? [forgetApprovals(db, owner, now, mayHaveApproved(ending(others)))]
      : []),
    db
      .update(sessions)
      .set({ revokedAt: now })
      .where(ending(listed ?? [sessionId])),
  ]);
  return found.length > 0;
}
