import { executeSql } from "../../../scripts/admin/execute-sql.ts";
import { DEFAULT_TENANT_SLUG } from "../../../scripts/admin/tenant-option.ts";
import { insertClient } from "../../../scripts/insert-client.ts";
import type { NewClient } from "../../../scripts/new-client.ts";
import { Problem } from "../../../scripts/problem.ts";
import { wranglerOutput } from "../../../scripts/wrangler-output.ts";

/** Makes the database of a run: the schema as the migrations leave it, and the clients of the tests. */
export async function prepareDatabase(
  persistTo: string,
  clients: readonly NewClient[],
  stop: AbortSignal,
): Promise<void> {
  const { output, errors, code } = await wranglerOutput(
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo],
    stop,
  );
  if (code !== 0) {
    throw new Problem(
      `Could not apply the migrations:\n${output}${errors}`.trimEnd(),
      "Put the last one right, or make it anew: npm run migration",
    );
  }
  const inserts = clients.map((client) => insertClient(client, DEFAULT_TENANT_SLUG));
  await executeSql(inserts, { remote: false, persistTo }, stop);
}
