import { and, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { isClientThere } from "./is-client-there.ts";
import { accounts, passwords, sessions } from "./schema.ts";
import { isLive } from "./session-columns.ts";

/** Of a session beside its account: that it lets them in at this moment. One for a client ends with that client. */
export function letsIn(now: SQLWrapper): SQL | undefined {
  return and(
    isLive(now),
    isNull(accounts.disabledAt),
    actorReaches(now),
    or(isNull(sessions.clientId), isClientThere({ ...sessions, since: sessions.createdAt })),
  );
}

/**
 * Who impersonates is out as soon as they could not begin it any more: disabled, no longer of a
 * higher role, out of the session in which they began, or with a password that was changed since or has to be.
 */
export function actorReaches(now: Date | SQLWrapper): SQL {
  return sql`(${sessions.actorId} IS NULL OR EXISTS (SELECT 1 FROM ${accounts} AS actor
    JOIN ${passwords} AS secret ON secret.account_id = actor.id
    JOIN ${sessions} AS own ON own.id = ${sessions.actorSessionId}
    WHERE actor.id = ${sessions.actorId} AND actor.disabled_at IS NULL
    AND actor.must_reset_password = 0 AND secret.changed_at <= ${sessions.createdAt}
    AND own.revoked_at IS NULL AND own.expires_at > ${now instanceof Date ? now.getTime() : now}
    AND ${rankOf(sql`actor.role`)} > ${rankOf(sql`${accounts.role}`)}))`;
}

function rankOf(role: SQL): SQL {
  return sql`CASE ${role} WHEN 'superadmin' THEN 2 WHEN 'admin' THEN 1 ELSE 0 END`;
}
