import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "server.ts"), ...args], {
    encoding: "utf8",
  });

test("--help says how to start it", () => {
  const { status, stdout, stderr } = start("--help");
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  for (const option of ["--issuer", "--audience", "--tenant", "--port"]) {
    assert.match(stdout, new RegExp(`^  ${option} <`, "m"));
  }
});

test("an option that it does not know is named, with the help and without a stack", () => {
  const { status, stderr } = start("--isuer", "http://localhost:8787");
  assert.equal(status, 2);
  assert.match(stderr, /^Unknown option '--isuer'.*\n\nAn API that takes/);
  assert.doesNotMatch(stderr, /^ +at /m);
});
