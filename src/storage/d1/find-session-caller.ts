import { and, eq, isNull, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { Sessions } from "../../core/session/sessions.ts";
import { accountColumns } from "./account-columns.ts";
import type { Database } from "./database.ts";
import { isClientThere } from "./is-client-there.ts";
import { once } from "./once.ts";
import { accounts, passwords, sessions } from "./schema.ts";
import { isLive, sessionColumns } from "./session-columns.ts";

/** The look-up behind every call that a session lets in. One for a client ends with that client. */
export function sessionCallers(db: Database): Pick<Sessions, "findCaller"> {
  const statement = once(() => writeStatement(db));
  return {
    async findCaller(sessionId, now, generation = undefined) {
      const values = { sessionId, now: now.getTime(), generation: generation ?? null };
      const [caller] = await statement().execute(values);
      return caller ?? null;
    },
  };
}

function writeStatement(db: Database) {
  const now = sql.placeholder("now");
  const generation = sql.placeholder("generation");
  return db
    .select({ session: sessionColumns, account: accountColumns })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        eq(sessions.id, sql.placeholder("sessionId")),
        isLive(now),
        isNull(accounts.disabledAt),
        actorReaches(now),
        or(isNull(sessions.clientId), isClientThere({ ...sessions, since: sessions.createdAt })),
        sql`(${generation} IS NULL OR ${sessions.generation} = ${generation})`,
      ),
    )
    .prepare();
}

/**
 * Who impersonates is out as soon as they could not begin it any more: disabled, no longer of a
 * higher role, signed out, or with a password that was changed since or has to be.
 */
function actorReaches(now: SQLWrapper): SQL {
  return sql`(${sessions.actorId} IS NULL OR EXISTS (SELECT 1 FROM ${accounts} AS actor
    JOIN ${passwords} AS secret ON secret.account_id = actor.id
    JOIN ${sessions} AS own ON own.account_id = actor.id
    WHERE actor.id = ${sessions.actorId} AND actor.disabled_at IS NULL
    AND actor.must_reset_password = 0 AND secret.changed_at <= ${sessions.createdAt}
    AND own.revoked_at IS NULL AND own.expires_at > ${now}
    AND own.created_at <= ${sessions.createdAt}
    AND ${rankOf(sql`actor.role`)} > ${rankOf(sql`${accounts.role}`)}))`;
}

function rankOf(role: SQL): SQL {
  return sql`CASE ${role} WHEN 'superadmin' THEN 2 WHEN 'admin' THEN 1 ELSE 0 END`;
}
