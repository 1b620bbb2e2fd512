import { type Database, openDatabase } from "../../src/storage/d1/database.ts";
import { Sql, sql } from "../sql.ts";
import { type SqlValue, sqlLiteral } from "../sql-literal.ts";
import type { WorkDatabase } from "./work.ts";

/** A statement of the service's storage, with the values that were bound to it. */
interface Statement {
  written(): Sql;
  bind(...values: readonly SqlValue[]): Statement;
  raw(): Promise<unknown[][]>;
}

/**
 * The service's own storage, on the database that an operator works on: with it a command runs the very
 * statements of the admin API, and so has its rules. A batch is one transaction here too. It does what is
 * asked of it from here, which is batches and lists.
 */
export function storageOn(database: WorkDatabase): Database {
  const prepare = (text: string, values: readonly SqlValue[] = []): Statement => ({
    written: () => writeOut(text, values),
    bind: (...bound) => prepare(text, bound),
    async raw() {
      const [rows = []] = await database.execute([withNames(writeOut(text, values))]);
      return rows.map((row) => Object.values(row));
    },
  });
  const binding = {
    prepare: (text: string) => prepare(text),
    async batch(statements: readonly Statement[]) {
      const answers = await database.execute(statements.map((statement) => statement.written()));
      return answers.map((results) => ({ results }));
    },
  };
  return openDatabase(binding as unknown as D1Database);
}

/**
 * Wrangler binds no values. What the storage writes has a question mark for each, and no other; numbers behind
 * them would be read as digits of the values.
 */
function writeOut(text: string, values: readonly SqlValue[]): Sql {
  const parts = text.split("?");
  if (parts.length !== values.length + 1 || /\?\w/.test(text)) {
    throw new RangeError(`${values.length} values for ${parts.length - 1} places`);
  }
  return new Sql(String.raw({ raw: parts }, ...values.map(sqlLiteral)));
}

/** Rows come by the names of their columns. Of a list in a list, SQLite makes those differ that are alike. */
function withNames(statement: Sql): Sql {
  return /^select\b/i.test(statement.text) ? sql`SELECT * FROM (${statement})` : statement;
}
