import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { sql } from "../sql.ts";
import { lockLocalData } from "../test-support/lock-local-data.ts";
import { executeSql } from "./execute-sql.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

/** What everybody on this machine may see of the processes that are running. */
async function processList(): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "args="]);
  return stdout.split("\n");
}

test("statements give their rows, and show in no list of processes", async () => {
  const address = `${crypto.randomUUID()}@meadow.example`;
  let isDone = false;
  const answers = executeSql(
    [sql`SELECT ${address} AS email`, sql`SELECT ${"it's\n?"} AS text`],
    { remote: false, persistTo: folder },
    new AbortController().signal,
  ).finally(() => {
    isDone = true;
  });
  const seen = new Set<string>();
  while (!isDone) {
    for (const line of await processList()) {
      line.includes(folder) && seen.add(line);
    }
  }

  assert.deepEqual(await answers, [[{ email: address }], [{ text: "it's\n?" }]]);
  assert.ok(
    [...seen].some((line) => line.includes("execute")),
    "its process was not seen",
  );
  assert.deepEqual(
    [...seen].filter((line) => line.includes(address)),
    [],
  );
});

test("a statement waits while another process writes to the local data", async () => {
  const place = { remote: false, persistTo: folder };
  const stop = new AbortController().signal;
  await executeSql([sql`CREATE TABLE doors (name TEXT)`], place, stop);
  const release = lockLocalData(folder);
  let isDone = false;
  const written = executeSql([sql`INSERT INTO doors VALUES (${"north"})`], place, stop).finally(
    () => {
      isDone = true;
    },
  );
  await pause(3_000);

  assert.equal(isDone, false);
  release();
  await written;
  assert.deepEqual(await executeSql([sql`SELECT name FROM doors`], place, stop), [
    [{ name: "north" }],
  ]);
});
