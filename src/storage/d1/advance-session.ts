import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import type { TokenSession } from "../../core/session/session.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import type { Database } from "./database.ts";
import { isClientThere } from "./is-client-there.ts";
import { once } from "./once.ts";
import { accounts, sessions } from "./schema.ts";
import { isLive } from "./session-columns.ts";

/** How long the generation just spent still leads to its successor. RFC 9700 §4.14.2 allows a few seconds. */
const GRACE_SECONDS = 10;

/**
 * One UPDATE decides whether a refresh token is good: the current generation moves on, the one before
 * it within the grace changes nothing. Where it is neither, another ends the session, and only then is
 * it called a replay: whatever happens between the two, it never becomes good again.
 *
 * The first leaves `revoked_at` alone: SQLite would write the session's place in an index anew for it.
 */
export function sessionAdvances(db: Database): Pick<Sessions, "advance"> {
  const moving = once(() => moveStatement(db));
  const ending = once(() => endStatement(db));
  return {
    async advance({ tenantId, sessionId, generation, now, idleSeconds, clientId = null }) {
      const at = now.getTime();
      const graceBegan = at - GRACE_SECONDS * 1000;
      const presented = { sessionId, tenantId, clientId, generation, now: at, graceBegan };
      const [row] = await moving().execute({ ...presented, idleAt: at + idleSeconds * 1000 });
      if (row) {
        const { successor, role, ...session } = row;
        return { session, generation: successor, role };
      }
      const ended = await ending().execute(presented);
      return ended.length > 0 ? "replayed" : null;
    },
  };
}

const PLACE = {
  sessionId: sql.placeholder("sessionId"),
  tenantId: sql.placeholder("tenantId"),
  clientId: sql.placeholder("clientId"),
  generation: sql.placeholder("generation"),
  now: sql.placeholder("now"),
  graceBegan: sql.placeholder("graceBegan"),
  idleAt: sql.placeholder("idleAt"),
};

/** A refresh reads no more: each column is sent by name. */
const tokenColumns = {
  id: sessions.id,
  number: sessions.number,
  tenantId: sessions.tenantId,
  accountId: sessions.accountId,
  contract: sessions.contract,
  clientId: sessions.clientId,
  scope: sessions.scope,
  actorId: sessions.actorId,
  audience: sessions.audience,
  authenticatedAt: sessions.authenticatedAt,
  createdAt: sessions.createdAt,
} satisfies Record<keyof TokenSession, unknown>;

const isCurrent = sql`${sessions.generation} = ${PLACE.generation}`;
const isGood = sql`(${isCurrent} OR
  ${sessions.generation} = ${PLACE.generation} + 1 AND ${sessions.refreshedAt} > ${PLACE.graceBegan})`;

function moveStatement(db: Database) {
  const { generation, now, idleAt } = PLACE;
  return db
    .update(sessions)
    .set({
      generation: sql`CASE WHEN ${isCurrent} THEN ${generation} + 1 ELSE ${sessions.generation} END`,
      refreshedAt: sql`CASE WHEN ${isCurrent} THEN ${now} ELSE ${sessions.refreshedAt} END`,
      lastUsedAt: sql`${now}`,
      expiresAt: sql`CASE WHEN ${isCurrent} THEN min(${sessions.endsAt}, ${idleAt}) ELSE ${sessions.expiresAt} END`,
    })
    .where(and(mayRefresh(), isGood))
    .returning({
      ...tokenColumns,
      successor: sessions.generation,
      role: sql<Role>`(SELECT ${accounts}.role FROM ${accounts}
        WHERE ${accounts}.id = ${sessions}.account_id)`,
    })
    .prepare();
}

function endStatement(db: Database) {
  return db
    .update(sessions)
    .set({ revokedAt: sql`${PLACE.now}` })
    .where(and(mayRefresh(), sql`${isGood} IS NOT TRUE`))
    .returning({ id: sessions.id })
    .prepare();
}

/** The session is there for whoever brought the token, and may go on. */
function mayRefresh() {
  const { sessionId, tenantId, clientId, now } = PLACE;
  return and(
    eq(sessions.id, sessionId),
    eq(sessions.tenantId, tenantId),
    sql`(${clientId} IS NULL OR ${sessions.clientId} = ${clientId})`,
    isLive(now),
    sql`EXISTS (SELECT 1 FROM ${accounts}
      WHERE ${accounts.id} = ${sessions.accountId} AND ${accounts.disabledAt} IS NULL
      AND (${sessions.clientId} IS NULL OR ${accounts.mustResetPassword} = 0))`,
    or(
      isNull(sessions.clientId),
      isClientThere({
        tenantId: sessions.tenantId,
        clientId: sessions.clientId,
        since: sessions.createdAt,
      }),
    ),
  );
}
