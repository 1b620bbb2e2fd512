import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";

const start = (...args: string[]) => startWith({}, ...args);

const startWith = (variables: Readonly<Record<string, string>>, ...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, "server.ts"), ...args], {
    encoding: "utf8",
    env: { ...process.env, ...variables },
    // One that begins to serve would never end.
    timeout: 60_000,
  });

test("--help says how to start it", () => {
  const { status, stdout, stderr } = start("--help");
  assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
  for (const option of ["--issuer", "--audience", "--port"]) {
    assert.match(stdout, new RegExp(`^  ${option} <`, "m"));
  }
  assert.match(stdout, /\(\$LATCHKEY_ISSUER, or http:\/\/localhost:8787\)/);
});

test("an option that it does not know is named, with the help and without a stack", () => {
  const { status, stderr } = start("--isuer", "http://localhost:8787");
  assert.equal(status, 2);
  assert.match(stderr, /^Unknown option '--isuer'.*\n\nAn API that takes/);
  assert.doesNotMatch(stderr, /^ +at /m);
});

test("the issuer is the one in LATCHKEY_ISSUER, unless one is named", () => {
  const variables = { LATCHKEY_ISSUER: "http://variable.example" };
  const inVariable = startWith(variables);
  assert.equal(inVariable.status, 2);
  assert.match(
    inVariable.stderr,
    /^"http:\/\/variable\.example" cannot be where Latchkey is: .*\n\nAn API/,
  );
  const named = startWith(variables, "--issuer", "http://named.example");
  assert.match(named.stderr, /^"http:\/\/named\.example" cannot be where Latchkey is: /);
});

test("without either it is the one of npm run dev", async (context) => {
  const args = [join(import.meta.dirname, "server.ts"), "--port", "0"];
  const env = { ...process.env, LATCHKEY_ISSUER: "" };
  const server = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  context.after(() => server.kill());
  const [said] = await once(server.stdout, "data");
  assert.match(
    String(said),
    /takes tokens of http:\/\/localhost:8787 for https:\/\/api\.example\.test/,
  );
});
