import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import type { Database } from "./database.ts";

type Statement = BatchItem<"sqlite">;
type Statements = Readonly<Record<string, Statement | readonly Statement[]>>;

/** What each gave; of several under one name a list, in their order. */
type Results<Named> = {
  [Name in keyof Named]: Named[Name] extends readonly Statement[]
    ? BatchResponse<Named[Name]>
    : Named[Name] extends Statement
      ? Named[Name]["_"]["result"]
      : never;
};

/** One transaction of statements, in the order in which they are written, whose results go by their names. */
export async function namedBatch<const Named extends Statements>(
  db: Database,
  named: Named,
): Promise<Results<Named>> {
  const statements = Object.values(named).flat() as [Statement, ...Statement[]];
  const results: unknown[] = await db.batch(statements);
  const byName = Object.entries(named).map(([name, given]) => [
    name,
    Array.isArray(given) ? results.splice(0, given.length) : results.shift(),
  ]);
  return Object.fromEntries(byName);
}
