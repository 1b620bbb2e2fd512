import { DatabaseSync } from "node:sqlite";
import type { Row } from "../admin/task.ts";
import type { Sql } from "../sql.ts";
import { migrations } from "./migrations.ts";

export interface MemoryDatabase {
  /** Runs statements in one transaction, as D1 does, and gives the rows of each. */
  run(statements: readonly Sql[]): Row[][];
  rows(statement: string): Row[];
}

/** Terms of a compound SELECT that D1 takes: workerd sets SQLite's limit so low. */
const MOST_TERMS = 5;

/** An empty database with every migration applied. */
export function schemaInMemory(): MemoryDatabase {
  const database = new DatabaseSync(":memory:");
  for (const migration of migrations()) {
    database.exec(migration);
  }
  // Rows come without a prototype, which a comparison would see.
  const rows = (statement: string) =>
    database
      .prepare(statement)
      .all()
      .map((row) => ({ ...row }) as Row);
  return {
    run(statements) {
      database.exec("BEGIN");
      const answers = statements.map(({ text }) => {
        const terms = text.split(/\bUNION\b/).length;
        if (terms > MOST_TERMS) {
          throw new RangeError(`D1 takes ${MOST_TERMS} terms in a compound SELECT, not ${terms}`);
        }
        return rows(text);
      });
      database.exec("COMMIT");
      return answers;
    },
    rows,
  };
}
