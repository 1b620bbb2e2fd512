import { and, eq, sql } from "drizzle-orm";
import type { Sessions } from "../../core/session/sessions.ts";
import { accountColumns } from "./account-columns.ts";
import type { Database } from "./database.ts";
import { letsIn } from "./lets-in.ts";
import { once } from "./once.ts";
import { accounts, sessions } from "./schema.ts";
import { sessionColumns } from "./session-columns.ts";

/** The look-up behind every call that a session lets in. */
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
        letsIn(now),
        sql`(${generation} IS NULL OR ${sessions.generation} = ${generation})`,
      ),
    )
    .prepare();
}
