import { and, desc, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import type { StillIn } from "../../core/caller/still-in.ts";
import type { EndedSession, OtherSessions, Sessions } from "../../core/session/sessions.ts";
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

    async end({ accountId, sessionId }, now) {
      const [ended] = await db
        .update(sessions)
        .set({ revokedAt: now })
        .where(and(isOf(accountId, sessionId), isLive(now)))
        .returning(endedColumns);
      return ended ?? null;
    },

    endOthers: (...others) => endOthers(db, ...others),

    async rename(accountId, { sessionId, name }, by) {
      const renamed = await db
        .update(sessions)
        .set({ name })
        .where(and(isOf(accountId, sessionId), isLive(by.at), isStillIn(by)))
        .returning({ id: sessions.id });
      return renamed.length > 0;
    },

    leave: (leaving, now) => leave(db, leaving, now),

    async touch(sessionId, now) {
      await db.update(sessions).set({ lastUsedAt: now }).where(eq(sessions.id, sessionId));
    },
  };
}

const isOf = (accountId: string, sessionId: string) =>
  and(eq(sessions.id, sessionId), eq(sessions.accountId, accountId));

async function endOthers(
  db: Database,
  ...[accountId, which, by]: Parameters<Sessions["endOthers"]>
): Promise<EndedSession[]> {
  const isIn = isStillIn(by);
  const ending = and(areOthers(accountId, which, by), isLive(by.at), isIn);
  const condition = which === "all" ? isIn : mayHaveApproved(ending);
  const ends = db.update(sessions).set({ revokedAt: by.at }).where(ending).returning(endedColumns);
  const [, ended] = await db.batch([forgetApprovals(db, accountId, by.at, condition), ends]);
  return ended;
}

function areOthers(accountId: string, which: OtherSessions, { sessionId }: StillIn) {
  const own = eq(sessions.accountId, accountId);
  if (which === "all") {
    return and(or(own, eq(sessions.actorId, accountId)), ne(sessions.id, sessionId));
  }
  return and(own, "id" in which ? eq(sessions.id, which.id) : eq(sessions.number, which.number));
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
