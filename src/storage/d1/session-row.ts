import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { NewSession } from "../../core/session/session.ts";
import { accounts, sessions } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

/**
 * A session's row, if its account is there and enabled and the condition holds at the moment of
 * writing. Its number follows the account's highest.
 */
export function sessionRow(session: NewSession, condition: SQL): SQL {
  const row = { ...session, number: 0, generation: 0, refreshedAt: null, revokedAt: null };
  const highest = sql`(SELECT coalesce(max(${sessions.number}), 0) FROM ${sessions}
    WHERE ${eq(sessions.accountId, session.accountId)})`;
  return sql`SELECT ${valuesOf(sessions, row, { number: sql`${highest} + 1` })} FROM ${accounts}
    WHERE ${and(eq(accounts.id, session.accountId), isNull(accounts.disabledAt), condition)}`;
}
