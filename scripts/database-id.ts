import { databaseNow } from "./database-clock.ts";
import { sql } from "./sql.ts";

/** A new UUIDv7, another for each row, whose time is the database's too. RFC 9562 §5.7. */
export const databaseId = sql`printf('%08x-%04x-%04x-%04x-%012x',
  ${databaseNow} >> 16, ${databaseNow} & 0xffff, 0x7000 | (random() & 0x0fff),
  0x8000 | (random() & 0x3fff), random() & 0xffffffffffff)`;
