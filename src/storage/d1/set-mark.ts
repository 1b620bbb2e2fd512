import type { Database } from "./database.ts";
import { marks } from "./schema.ts";

/** Has the hourly run remember something until the next one. */
export function setMark(db: Database, mark: typeof marks.$inferInsert) {
  return db
    .insert(marks)
    .values(mark)
    .onConflictDoUpdate({ target: marks.name, set: { mark: mark.mark, at: mark.at } });
}
