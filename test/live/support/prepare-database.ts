import { executeSql } from "../../../scripts/admin/execute-sql.ts";
import { DEFAULT_TENANT_SLUG } from "../../../scripts/admin/tenant-option.ts";
import { applyLocalMigrations } from "../../../scripts/apply-local-migrations.ts";
import { insertClient } from "../../../scripts/insert-client.ts";
import type { NewClient } from "../../../scripts/new-client.ts";

/** Makes the database of a run: the schema as the migrations leave it, and the clients of the tests. */
export async function prepareDatabase(
  persistTo: string,
  clients: readonly NewClient[],
  stop: AbortSignal,
): Promise<void> {
  await applyLocalMigrations(persistTo, stop);
  const inserts = clients.map((client) => insertClient(client, DEFAULT_TENANT_SLUG));
  await executeSql(inserts, { remote: false, persistTo }, stop);
}
