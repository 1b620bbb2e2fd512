import { sql } from "../sql.ts";

/** Milliseconds since the epoch, by the database's clock: an operator's may be minutes off. */
export const databaseNow = sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
