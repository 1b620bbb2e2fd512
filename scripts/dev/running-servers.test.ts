import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { claimLocalData } from "./claim-local-data.ts";
import { exitCode } from "./exit-code.ts";
import { localUrl } from "./local-url.ts";
import { noteServer, runningServers } from "./running-servers.ts";

let folder: string;
const started: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "servers-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const child of started.splice(0)) {
    child.kill("SIGKILL");
  }
});

test("names a server that runs, but not this process", () => {
  noteServer(8_787, folder);
  const { pid } = sleeper("dev.ts");
  note(pid, 9_000);
  assert.deepEqual(runningServers(folder), [{ pid, port: 9_000 }]);
  assert.ok(existsSync(join(folder, `${process.pid}.json`)));
});

test("forgets a server that was killed, whatever has its number now", async () => {
  const killed = sleeper("dev.ts");
  const ended = exitCode(killed);
  killed.kill("SIGKILL");
  await ended;
  const other = sleeper("something-else.ts");
  note(killed.pid, 9_000);
  note(other.pid, 9_001);
  writeFileSync(join(folder, "broken.json"), "{");
  assert.deepEqual(runningServers(folder), []);
  assert.equal(existsSync(join(folder, `${killed.pid}.json`)), false);
  assert.equal(existsSync(join(folder, `${other.pid}.json`)), false);
});

test("a second server on the same data is refused by the port of the first, whose address is the local one", () => {
  const { pid } = sleeper("dev.ts");
  note(pid, 9_000);
  assert.throws(() => claimLocalData(9_001, folder), {
    name: "Problem",
    message: `A development server runs on the local data: port 9000 (process ${pid}). Nothing was touched.`,
  });
  assert.equal(localUrl(folder), "http://localhost:9000");
});

test("a server that is alone is noted, and its own note refuses it nothing", () => {
  claimLocalData(9_001, folder);
  assert.ok(existsSync(join(folder, `${process.pid}.json`)));
  assert.equal(localUrl(folder), "http://localhost:8787");
});

test("there are none where none was ever noted", () => {
  assert.deepEqual(runningServers(join(folder, "none")), []);
});

function note(pid: number, port: number): void {
  writeFileSync(join(folder, `${pid}.json`), JSON.stringify({ pid, port }));
}

/** A process that does nothing, under the name of a script. */
function sleeper(name: string): ChildProcess & { pid: number } {
  const wait = "setTimeout(() => {}, 60_000)";
  const child = spawn(process.execPath, ["--eval", wait, name], { stdio: "pipe" });
  started.push(child);
  assert.ok(child.pid);
  return Object.assign(child, { pid: child.pid });
}
