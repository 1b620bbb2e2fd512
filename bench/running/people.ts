import { sql } from "../../scripts/sql.ts";

/** How many accounts there are in every database, numbered from 0. */
export const ACCOUNTS = 2000;
export const PASSWORD = "quiet-heron-marsh-42";

/** As SQL's printf takes it. */
export const EMAIL_FORMAT = "p-%d@example.test";

export function emailOf(number: number): string {
  return EMAIL_FORMAT.replace("%d", String(number));
}

/** An SQL table of the accounts' numbers, `numbers(n)`. */
export const NUMBERS = sql`RECURSIVE numbers(n) AS
  (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${ACCOUNTS})`;
