import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Database = DrizzleD1Database & { $client: D1Database };

/**
 * Without D1's Sessions API every query goes to the primary: what was just revoked is never read
 * as live from a replica.
 */
export function openDatabase(binding: D1Database): Database {
  return drizzle(binding);
}
