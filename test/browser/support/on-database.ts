import assert from "node:assert/strict";
import { wranglerSetting } from "../../../scripts/admin/wrangler-setting.ts";
import type { Sql } from "../../../scripts/sql.ts";
import { issuer } from "../../live/support/issuer.ts";

/**
 * Runs a statement on the database of this run, through the server that has it open: another process that
 * wrote to it would have a page of another test refused.
 */
export async function onDatabase({ text }: Sql): Promise<void> {
  const database = `${issuer}/cdn-cgi/local/explorer/api/d1/database/${wranglerSetting("database_id")}`;
  const answer = await fetch(`${database}/raw`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sql: text }),
  });
  assert.ok(answer.ok, await answer.text());
}
