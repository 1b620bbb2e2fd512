import { and, eq, getTableColumns, isNull, or, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import type { Database } from "./database.ts";
import { isClientThere } from "./is-client-there.ts";
import { once } from "./once.ts";
import { accounts, sessions } from "./schema.ts";
import { isLive } from "./session-columns.ts";

/** How long the generation just spent still leads to its successor. RFC 9700 §4.14.2 allows a few seconds. */
const GRACE_SECONDS = 10;

/**
 * One UPDATE decides what a refresh token is worth. Its right-hand sides see the row as it was: the
 * current generation moves on, the one before it within the grace changes nothing, and any other is
 * a replay that ends the session.
 */
export function sessionAdvances(db: Database): Pick<Sessions, "advance"> {
  const statement = once(() => writeStatement(db));
  return {
    async advance({ tenantId, sessionId, generation, now, idleSeconds, clientId = null }) {
      const at = now.getTime();
      const [row] = await statement().execute({
        sessionId,
        tenantId,
        clientId,
        generation,
        now: at,
        graceBegan: at - GRACE_SECONDS * 1000,
        idleAt: at + idleSeconds * 1000,
      });
      if (!row) {
        return null;
      }
      const { generation: successor, refreshedAt: _, revokedAt, role, ...session } = row;
      return revokedAt ? "replayed" : { session, generation: successor, role };
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

function writeStatement(db: Database) {
  const { sessionId, tenantId, clientId, generation, now, graceBegan, idleAt } = PLACE;
  const isCurrent = sql`${sessions.generation} = ${generation}`;
  const isRetry = sql`${sessions.generation} = ${generation} + 1 AND ${sessions.refreshedAt} > ${graceBegan}`;
  return db
    .update(sessions)
    .set({
      generation: sql`CASE WHEN ${isCurrent} THEN ${generation} + 1 ELSE ${sessions.generation} END`,
      refreshedAt: sql`CASE WHEN ${isCurrent} THEN ${now} ELSE ${sessions.refreshedAt} END`,
      lastUsedAt: sql`${now}`,
      expiresAt: sql`CASE WHEN ${isCurrent} THEN min(${sessions.endsAt}, ${idleAt}) ELSE ${sessions.expiresAt} END`,
      revokedAt: sql`CASE WHEN ${isCurrent} OR (${isRetry}) THEN NULL ELSE ${now} END`,
    })
    .where(
      and(
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
      ),
    )
    .returning({
      ...getTableColumns(sessions),
      role: sql<Role>`(SELECT ${accounts}.role FROM ${accounts}
        WHERE ${accounts}.id = ${sessions}.account_id)`,
    })
    .prepare();
}
