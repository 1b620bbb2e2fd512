import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { PasskeyRecord, Passkeys } from "../../core/passkey/passkey.ts";
import { credentialColumns, credentialsOf } from "./credential-columns.ts";
import type { Database } from "./database.ts";
import { isStillIn } from "./is-still-in.ts";
import { accounts, passkeys, passwords, secondFactors } from "./schema.ts";
import { valuesOf } from "./values-of.ts";

const { spentOn: _, ...recordColumns } = getTableColumns(passkeys);
const { publicKey: _key, counter: _counter, ...shownColumns } = recordColumns;

/** Passkeys in D1. `spendSecondFactor` moves their counters, with the session that they open. */
export function d1Passkeys(db: Database): Passkeys {
  return {
    insert: (passkey, making) => insert(db, passkey, making),

    list: (accountId) =>
      db
        .select(shownColumns)
        .from(passkeys)
        .where(eq(passkeys.accountId, accountId))
        .orderBy(desc(passkeys.id)),

    async rename(accountId, { passkeyId, name }, by) {
      const renamed = await db
        .update(passkeys)
        .set({ name })
        .where(and(isOf(accountId, passkeyId), isStillIn(by)))
        .returning({ id: passkeys.id });
      return renamed.length > 0;
    },

    async remove(accountId, passkeyId, by) {
      const [removed] = await db
        .delete(passkeys)
        .where(and(isOf(accountId, passkeyId), isStillIn(by)))
        .returning(shownColumns);
      return removed ?? null;
    },

    async findWithOwner(credentialId) {
      const [row] = await db
        .select({ passkey: recordColumns, ...credentialColumns })
        .from(passkeys)
        .innerJoin(accounts, eq(accounts.id, passkeys.accountId))
        .innerJoin(passwords, eq(passwords.accountId, accounts.id))
        .leftJoin(secondFactors, eq(secondFactors.accountId, accounts.id))
        .where(eq(passkeys.credentialId, credentialId));
      return row ? { passkey: row.passkey, credentials: credentialsOf(row) } : null;
    },
  };
}

function isOf(accountId: string, passkeyId: string) {
  return and(eq(passkeys.id, passkeyId), eq(passkeys.accountId, accountId));
}

/** One transaction: how many were there before says why nothing was inserted. */
async function insert(
  db: Database,
  passkey: PasskeyRecord,
  { by, most }: Parameters<Passkeys["insert"]>[1],
): ReturnType<Passkeys["insert"]> {
  const row = { ...passkey, transports: [...passkey.transports], spentOn: null };
  const count = db.$count(passkeys, eq(passkeys.accountId, passkey.accountId));
  const [[before], inserted] = await db.batch([
    db.select({ count }).from(sql`(SELECT 1)`),
    db
      .insert(passkeys)
      .select(sql`SELECT ${valuesOf(passkeys, row)} WHERE ${count} < ${most} AND ${isStillIn(by)}`)
      .onConflictDoNothing()
      .returning({ id: passkeys.id }),
  ]);
  if (inserted.length > 0) {
    return "inserted";
  }
  return before && before.count >= most ? "too many" : "taken";
}
