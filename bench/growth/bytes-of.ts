import type { Database } from "../running/latchkey/seed.ts";

/** How large a database is. */
export async function bytesOf(database: Database): Promise<number> {
  return (await database.prepare("SELECT 1").run()).meta.size_after;
}
