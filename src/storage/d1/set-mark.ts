import type { Database } from "./database.ts";
import { marks } from "./schema.ts";

/** Has a run of the minute or the hour remember something for the next. */
export function setMark(db: Database, mark: typeof marks.$inferInsert) {
  return db
    .insert(marks)
    .values(mark)
    .onConflictDoUpdate({ target: marks.name, set: { mark: mark.mark, at: mark.at } });
}
