import { and, isNull, or, type Placeholder, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import { GRACE_SECONDS } from "../../core/session/refresh-token.ts";
import type { TokenSession } from "../../core/session/session.ts";
import type { PresentedRefresh, Sessions } from "../../core/session/sessions.ts";
import type { Database } from "./database.ts";
import { endSession } from "./end-session.ts";
import { isClientThere } from "./is-client-there.ts";
import { once } from "./once.ts";
import { accounts, sessions } from "./schema.ts";
import { isLive } from "./session-columns.ts";

/**
 * One UPDATE decides whether a refresh token is good: the current generation moves on, the one before
 * it within the grace changes nothing. Where it is neither, a transaction ends the session and tells of
 * it, and only then is it called a replay: whatever happens between the two, it never becomes good again.
 *
 * The first leaves `revoked_at` alone: SQLite would write the session's place in an index anew for it.
 */
export function sessionAdvances(db: Database): Pick<Sessions, "advance" | "endReplayed"> {
  const moving = once(() => moveStatement(db));
  return {
    async advance({ idleSeconds, ...presented }) {
      const idleAt = presented.now.getTime() + idleSeconds * 1000;
      const [row] = await moving().execute({ ...heldOf(presented), idleAt });
      if (!row) {
        return null;
      }
      const { successor, role, ...session } = row;
      return { session, generation: successor, role };
    },

    endReplayed(presented, event) {
      const held = heldOf(presented);
      const isReplay = and(mayRefresh(held), sql`${isGood(held)} IS NOT TRUE`);
      return endSession(db, presented.sessionId, isReplay, event);
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
};

/** What a session is held against: values, or what stands for them in a statement that is written once. */
type Held = Readonly<Record<keyof typeof PLACE, string | number | null | Placeholder>>;

function heldOf({ clientId, now, ...presented }: PresentedRefresh) {
  const at = now.getTime();
  return {
    ...presented,
    clientId: clientId ?? null,
    now: at,
    graceBegan: at - GRACE_SECONDS * 1000,
  };
}

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

function isCurrent({ generation }: Held) {
  return sql`${sessions.generation} = ${generation}`;
}

function isGood(held: Held) {
  return sql`(${isCurrent(held)} OR
    ${sessions.generation} = ${held.generation} + 1 AND ${sessions.refreshedAt} > ${held.graceBegan})`;
}

function moveStatement(db: Database) {
  const { generation, now } = PLACE;
  const idleAt = sql.placeholder("idleAt");
  const moves = isCurrent(PLACE);
  return db
    .update(sessions)
    .set({
      generation: sql`CASE WHEN ${moves} THEN ${generation} + 1 ELSE ${sessions.generation} END`,
      refreshedAt: sql`CASE WHEN ${moves} THEN ${now} ELSE ${sessions.refreshedAt} END`,
      lastUsedAt: sql`${now}`,
      expiresAt: sql`CASE WHEN ${moves} THEN min(${sessions.endsAt}, ${idleAt}) ELSE ${sessions.expiresAt} END`,
    })
    .where(and(mayRefresh(PLACE), isGood(PLACE)))
    .returning({
      ...tokenColumns,
      successor: sessions.generation,
      role: sql<Role>`(SELECT ${accounts}.role FROM ${accounts}
        WHERE ${accounts}.id = ${sessions}.account_id)`,
    })
    .prepare();
}

/** The session is there for whoever brought the token, and may go on. */
function mayRefresh({ sessionId, tenantId, clientId, now }: Held) {
  return and(
    sql`${sessions.id} = ${sessionId}`,
    sql`${sessions.tenantId} = ${tenantId}`,
    sql`(${clientId} IS NULL OR ${sessions.clientId} = ${clientId})`,
    isLive(sql`${now}`),
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
