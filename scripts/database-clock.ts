import { sql } from "./sql.ts";

/**
 * Milliseconds since the epoch, by the database's clock, when the statement is carried out. Whatever is stored
 * goes by it: an operator's clock may be off, and a command is planned before its operator is asked.
 */
export const databaseNow = sql`CAST(unixepoch('subsec') * 1000 AS INTEGER)`;
