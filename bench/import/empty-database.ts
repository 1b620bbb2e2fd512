import { executeSql } from "../../scripts/admin/execute-sql.ts";
import { applyLocalMigrations } from "../../scripts/apply-local-migrations.ts";
import { sql } from "../../scripts/sql.ts";
import { secretId } from "../../src/crypto/master-secret.ts";

/** A local database as the service leaves it that has run once with this secret, and without accounts. */
export async function emptyDatabase(
  persistTo: string,
  authSecret: string,
  stop: AbortSignal,
): Promise<void> {
  await applyLocalMigrations(persistTo, stop);
  // As the hourly run has it: by this the command knows its secret again.
  const mark = sql`INSERT INTO marks (name, mark, at)
    VALUES ('secret', ${await secretId(authSecret)}, ${new Date()})`;
  await executeSql([mark], { remote: false, persistTo }, stop);
}
