import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { accounts, passwords, sessions } from "./schema.ts";

/**
 * Of a session: that nobody impersonates in it, or whoever does could still begin it. They are out as soon as they
 * are disabled, no longer of a higher role, out of the session in which they began, or have a password that was
 * changed since or has to be. That is asked here and written nowhere, so that nothing which ends something of
 * theirs has to think of it.
 */
export function actorReaches(now: SQLWrapper): SQL {
  return sql`(${sessions.actorId} IS NULL OR EXISTS (SELECT 1 FROM ${accounts} AS actor
    JOIN ${passwords} AS secret ON secret.account_id = actor.id
    JOIN ${sessions} AS own ON own.id = ${sessions.actorSessionId}
    JOIN ${accounts} AS target ON target.id = ${sessions.accountId}
    WHERE actor.id = ${sessions.actorId} AND actor.disabled_at IS NULL
    AND actor.must_reset_password = 0 AND secret.changed_at <= ${sessions.createdAt}
    AND own.revoked_at IS NULL AND own.expires_at > ${now}
    AND ${rankOf(sql`actor.role`)} > ${rankOf(sql`target.role`)}))`;
}

function rankOf(role: SQL): SQL {
  return sql`CASE ${role} WHEN 'superadmin' THEN 2 WHEN 'admin' THEN 1 ELSE 0 END`;
}
