import { env } from "cloudflare:workers";
import { desc, eq } from "drizzle-orm";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts, sessions } from "../../src/storage/d1/schema.ts";

const db = openDatabase(env.DB);

/** What a session says that an administrator began in the newest of theirs. */
export async function begunBy({ email }: { email: string }) {
  const [newest] = await db
    .select({ actorId: sessions.accountId, actorSessionId: sessions.id })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(eq(accounts.email, email))
    .orderBy(desc(sessions.number))
    .limit(1);
  if (!newest) {
    throw new Error("they are signed in nowhere");
  }
  return newest;
}

/** Makes all sessions of an account an administrator's who acts as it. */
export async function impersonated(
  { email }: { email: string },
  administrator: { email: string },
): Promise<void> {
  const account = db.select({ id: accounts.id }).from(accounts).where(eq(accounts.email, email));
  await db
    .update(sessions)
    .set(await begunBy(administrator))
    .where(eq(sessions.accountId, account));
}
