import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { accounts } from "../../src/storage/d1/schema.ts";

/** Changes the account of an address as an operator would. */
export async function alterAccount(
  { email }: { email: string },
  change: Partial<typeof accounts.$inferInsert>,
): Promise<void> {
  await openDatabase(env.DB).update(accounts).set(change).where(eq(accounts.email, email));
}
