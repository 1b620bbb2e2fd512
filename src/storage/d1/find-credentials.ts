import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Accounts } from "../../core/account/accounts.ts";
import { credentialColumns, credentialsOf } from "./credential-columns.ts";
import type { Database } from "./database.ts";
import { once } from "./once.ts";
import { accounts, passwords, secondFactors } from "./schema.ts";

/** The look-up behind every sign-in with a password. */
export function accountCredentials(db: Database): Pick<Accounts, "findCredentials"> {
  const byId = once(() => writeStatement(db, eq(accounts.id, sql.placeholder("accountId"))));
  const byEmail = once(() =>
    writeStatement(
      db,
      and(
        eq(accounts.tenantId, sql.placeholder("tenantId")),
        eq(accounts.email, sql.placeholder("email")),
      ),
    ),
  );
  return {
    async findCredentials(who) {
      const statement = "accountId" in who ? byId() : byEmail();
      const [row] = await statement.execute({ ...who });
      return row ? credentialsOf(row) : null;
    },
  };
}

function writeStatement(db: Database, condition: SQL | undefined) {
  return db
    .select(credentialColumns)
    .from(accounts)
    .innerJoin(passwords, eq(passwords.accountId, accounts.id))
    .leftJoin(secondFactors, eq(secondFactors.accountId, accounts.id))
    .where(condition)
    .prepare();
}
