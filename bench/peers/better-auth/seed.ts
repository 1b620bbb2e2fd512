import { hashPassword } from "../../../scripts/dev/hash-password.ts";
import { sql } from "../../../scripts/sql.ts";
import { EMAIL_FORMAT, NUMBERS, PASSWORD } from "../../running/people.ts";

/** Makes the accounts, as rows that better-auth itself would have written. */
export async function seed(
  database: D1Database,
  secret: string,
  iterations: number,
): Promise<void> {
  const hash = await hashPassword(PASSWORD, { current: secret, previous: null }, iterations);
  const now = new Date().toISOString();
  const users = sql`INSERT INTO "user" (id, name, email, emailVerified, createdAt, updatedAt)
    WITH ${NUMBERS}
    SELECT printf('user%028d', n), 'Robin Example', printf(${EMAIL_FORMAT}, n), 1, ${now}, ${now}
    FROM numbers`;
  const accounts = sql`INSERT INTO "account"
      (id, accountId, providerId, userId, password, createdAt, updatedAt)
    SELECT replace(id, 'user', 'acco'), id, 'credential', id, ${hash}, ${now}, ${now} FROM "user"`;
  await database.batch([database.prepare(users.text), database.prepare(accounts.text)]);
}
