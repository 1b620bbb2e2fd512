import { executeSql } from "../../scripts/admin/execute-sql.ts";
import { Problem } from "../../scripts/problem.ts";
import { sql } from "../../scripts/sql.ts";
import { wranglerOutput } from "../../scripts/wrangler-output.ts";
import { secretId } from "../../src/crypto/master-secret.ts";

/** A local database as the service leaves it that has run once with this secret, and without accounts. */
export async function emptyDatabase(
  persistTo: string,
  authSecret: string,
  stop: AbortSignal,
): Promise<void> {
  const { output, errors, code } = await wranglerOutput(
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo],
    stop,
  );
  if (code !== 0) {
    throw new Problem(
      `Could not apply the migrations:\n${output}${errors}`,
      "Put that right first.",
    );
  }
  // As the hourly run has it: by this the command knows its secret again.
  const mark = sql`INSERT INTO marks (name, mark, at)
    VALUES ('secret', ${await secretId(authSecret)}, ${new Date()})`;
  await executeSql([mark], { remote: false, persistTo }, stop);
}
