import { fillPlaceholders, type Query } from "drizzle-orm";
import type { Database } from "./database.ts";

/** Statements in one transaction, with the values of their placeholders. Dates are told as D1 keeps them. */
export type WrittenBatch = (values: Readonly<Record<string, unknown>>) => Promise<D1Result[]>;

/**
 * Writes statements once, to be sent as one transaction again and again with other values. Drizzle's own
 * batch writes each of them anew, and takes no placeholders.
 */
export function writtenBatch(
  { $client }: Database,
  queries: readonly { toSQL(): Query }[],
): WrittenBatch {
  const written = queries.map((query) => {
    const { sql, params } = query.toSQL();
    return { statement: $client.prepare(sql), params };
  });
  return (values) => {
    const kept = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        value instanceof Date ? value.getTime() : value,
      ]),
    );
    return $client.batch(
      written.map(({ statement, params }) => statement.bind(...fillPlaceholders(params, kept))),
    );
  };
}
