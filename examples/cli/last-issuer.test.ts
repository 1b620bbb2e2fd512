import assert from "node:assert/strict";
import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { defaults } from "./defaults.ts";
import { run } from "./run.ts";
import { readLastIssuer, writeLastIssuer } from "./sign-in/last-issuer.ts";
import { privateDirectory } from "./sign-in/private-directory.ts";
import { loginScene, pending, tokens } from "./test-support/login-scene.ts";
import { signedIn } from "./test-support/signed-in.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";

test("every command means the server of the last sign-in when it names none, also after it", async (t) => {
  const { server, around, login } = await loginScene(t, { token: () => ({ body: tokens }) });
  await privateDirectory(around.directory);
  await writeLastIssuer(around.directory, "https://before.example.test");
  assert.equal(await login(), 0);
  assert.equal(await run(["token"], around), 0);
  assert.equal(await run(["login"], around), 0);
  assert.equal(await run(["logout"], around), 0);
  assert.equal(await run(["whoami"], around), 3);
  assert.equal(server.asked("/device_authorization").length, 2);
  assert.equal(server.asked("/revoke").length, 2);
  const { out, err } = around.said();
  assert.match(out, /\naccess-1\n/);
  assert.ok(out.endsWith(`You are signed out of ${server.issuer}.\n`), out);
  assert.ok(
    err.endsWith(`You are not signed in to ${server.issuer}.\nRun login to sign in.\n`),
    err,
  );
});

test("a server that is named goes before the last one, which stays that", async (t) => {
  const around = await testSurroundings(t);
  const named = "https://auth.example.test";
  await signedIn(around, named);
  await writeLastIssuer(around.directory, "https://last.example.test");
  assert.equal(await run(["token", "--issuer", named], around), 0);
  assert.equal(await readLastIssuer(around.directory), "https://last.example.test");
});

test("a server in LATCHKEY_ISSUER goes before the last one, and after one that is named", async (t) => {
  const issuer = "https://variable.example.test";
  const around = await testSurroundings(t, { issuer });
  await signedIn(around, issuer);
  await writeLastIssuer(around.directory, "https://last.example.test");
  assert.equal(await run(["token"], around), 0);
  assert.equal(await run(["token", "--issuer", "https://auth.example.test"], around), 3);
  assert.match(around.said().err, /^You are not signed in to https:\/\/auth\.example\.test\.\n/);
});

test("before any sign-in the server is the one of defaults.ts", async (t) => {
  const around = await testSurroundings(t);
  assert.equal(await run(["token"], around), 3);
  assert.match(around.said().err, new RegExp(`^You are not signed in to ${defaults.issuer}\\.\n`));
});

test("a sign-in that fails is not the last one", async (t) => {
  const { around, login } = await loginScene(t, {
    token: () => pending,
    started: { expires_in: 7 },
  });
  assert.equal(await login(), 4);
  assert.equal(await readLastIssuer(around.directory), null);
});

test("the last server is remembered where its owner only can read and change it", async (t) => {
  const { server, around, login } = await loginScene(t, { token: () => ({ body: tokens }) });
  const path = join(around.directory, "last-issuer");
  assert.equal(await login(), 0);
  assert.equal(await readFile(path, "utf8"), `${server.issuer}\n`);
  assert.equal((await stat(path)).mode & 0o777, 0o600);

  for (const mode of [0o640, 0o604, 0o602]) {
    await chmod(path, mode);
    assert.equal(await run(["login"], around), 1);
  }
  const text =
    `${path} is open to others on this machine, so the server in it may be theirs.\n` +
    "Name the server with --issuer: login then writes the file anew.\n";
  assert.ok(around.said().err.endsWith(text.repeat(3)), around.said().err);
  assert.equal(await login(), 0);
  assert.equal(await run(["token"], around), 0);
});
