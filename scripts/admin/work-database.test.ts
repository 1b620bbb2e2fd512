import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { sql } from "../sql.ts";
import { lockLocalData } from "../test-support/lock-local-data.ts";
import { openWorkDatabase } from "./work-database.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

test("what reads and what writes waits while another process writes to the local data, and says nothing of it", async (t) => {
  const said = t.mock.method(console, "error", () => {});
  const stop = new AbortController().signal;
  const database = await openWorkDatabase({ remote: false, persistTo: folder }, stop);
  try {
    await database.execute([sql`CREATE TABLE doors (name TEXT)`]);
    const release = lockLocalData(folder);
    const answers: string[] = [];
    const asked = [sql`SELECT 1`, sql`INSERT INTO doors VALUES (${"north"})`].map((statement) =>
      database.execute([statement]).finally(() => answers.push(statement.text)),
    );
    await pause(1_000);

    assert.deepEqual(answers, []);
    release();
    await Promise.all(asked);
    assert.equal(said.mock.callCount(), 0);
    assert.deepEqual(await database.execute([sql`SELECT name FROM doors`]), [[{ name: "north" }]]);
    console.error("the last: SQLITE_BUSY", Object.create(null));
    assert.equal(said.mock.callCount(), 1);
  } finally {
    await database.close();
  }
  assert.equal(console.error, said);
});
