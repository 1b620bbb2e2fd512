import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Accounts } from "../../core/account/accounts.ts";
import { credentialColumns, credentialsOf } from "./credential-columns.ts";
import type { Database } from "./database.ts";
import { once } from "./once.ts";
import { accounts, passwords, secondFactors, tenants } from "./schema.ts";

const tenantId = sql.placeholder("tenantId");
const email = sql.placeholder("email");

/** The look-ups behind every sign-in. */
export function accountCredentials(
  db: Database,
): Pick<Accounts, "findCredentials" | "findForPassword"> {
  const byId = once(() => writeStatement(db, eq(accounts.id, sql.placeholder("accountId"))));
  const byEmail = once(() =>
    writeStatement(db, and(eq(accounts.tenantId, tenantId), eq(accounts.email, email))),
  );
  const besideTenant = once(() => writeStatementBesideTenant(db));
  return {
    async findCredentials(who) {
      const statement = "accountId" in who ? byId() : byEmail();
      const [row] = await statement.execute({ ...who });
      return row ? credentialsOf(row) : null;
    },

    async findForPassword(who) {
      const [row] = await besideTenant().execute({ ...who });
      if (!row) {
        return { found: null, dearestHash: null };
      }
      const { dearestHash, account, password } = row;
      const found = account && password ? credentialsOf({ ...row, account, password }) : null;
      return { found, dearestHash };
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

/** One statement, and so of one moment: an import stores its accounts and what they cost together. */
function writeStatementBesideTenant(db: Database) {
  return db
    .select({ ...credentialColumns, dearestHash: tenants.dearestHash })
    .from(tenants)
    .leftJoin(accounts, and(eq(accounts.tenantId, tenants.id), eq(accounts.email, email)))
    .leftJoin(passwords, eq(passwords.accountId, accounts.id))
    .leftJoin(secondFactors, eq(secondFactors.accountId, accounts.id))
    .where(eq(tenants.id, tenantId))
    .prepare();
}
