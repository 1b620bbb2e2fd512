import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";

const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    encoding: "utf8",
    env: { ...process.env, WEBHOOK_SECRET: "" },
  });

test("--help says how to start it, before there is a secret", () => {
  const { status, stdout, stderr } = start("--help");
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  assert.match(stdout, /^ {2}WEBHOOK_SECRET .*\n {2}PORT .*8791/m);
});

test("an option that it does not know is named, with the help and without a stack", () => {
  const { status, stderr } = start("--port", "9000");
  assert.equal(status, 2);
  assert.match(stderr, /^Unknown option '--port'.*\n\nA receiver of webhooks/);
  assert.doesNotMatch(stderr, /^ +at /m);
});

test("without a secret it says which", () => {
  const { status, stderr } = start();
  assert.equal(status, 1);
  assert.match(stderr, /^Set WEBHOOK_SECRET to what create-webhook has shown/);
});
