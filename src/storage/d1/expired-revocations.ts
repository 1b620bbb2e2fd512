import { lt } from "drizzle-orm";
import type { Database } from "./database.ts";
import { revokedTokens } from "./schema.ts";

/** Forgets revoked tokens that would have expired by now. Says how many. */
export async function purgeExpiredRevocations(db: Database, now: Date): Promise<number> {
  const { meta } = await db.delete(revokedTokens).where(lt(revokedTokens.expiresAt, now));
  return meta.changes;
}
