import { and, eq, getTableColumns, gt, isNull, or, sql } from "drizzle-orm";
import type { Role } from "../../core/account/account.ts";
import type { Sessions } from "../../core/session/sessions.ts";
import type { Database } from "./database.ts";
import { isClientThere } from "./is-client-there.ts";
import { accounts, sessions } from "./schema.ts";

/** How long the generation just spent still leads to its successor. RFC 9700 §4.14.2 allows a few seconds. */
const GRACE_SECONDS = 10;

/**
 * One UPDATE decides what a refresh token is worth. Its right-hand sides see the row as it was: the
 * current generation moves on, the one before it within the grace changes nothing, and any other is
 * a replay that ends the session.
 */
export async function advance(
  db: Database,
  {
    tenantId,
    sessionId,
    generation,
    now,
    idleSeconds,
    clientId,
  }: Parameters<Sessions["advance"]>[0],
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
      lastUsedAt: now,
      expiresAt: sql`CASE WHEN ${isCurrent} THEN min(${sessions.endsAt}, ${idleAt}) ELSE ${sessions.expiresAt} END`,
      revokedAt: sql`CASE WHEN ${isCurrent} OR (${isRetry}) THEN NULL ELSE ${now.getTime()} END`,
    })
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.tenantId, tenantId),
        clientId === undefined ? undefined : eq(sessions.clientId, clientId),
        isNull(sessions.revokedAt),
        gt(sessions.expiresAt, now),
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
    });
  if (!row) {
    return null;
  }
  const { generation: successor, refreshedAt: _, revokedAt, role, ...session } = row;
  return revokedAt ? "replayed" : { session, generation: successor, role };
}
