import assert from "node:assert/strict";
import { once } from "node:events";
import { dirname } from "node:path";
import { test } from "node:test";
import { child, finished } from "./test-support/child.ts";
import { scriptedServer } from "./test-support/scripted-server.ts";
import { signedIn } from "./test-support/signed-in.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";
import { privateDirectory } from "./tokens/private-directory.ts";
import { tokenFile } from "./tokens/token-file.ts";
import { withLock } from "./tokens/with-lock.ts";

test("two processes that find the same old token renew it once, and both print the new one", async (t) => {
  const secondArrived = Promise.withResolvers<void>();
  const { issuer, asked } = await scriptedServer(t, {
    routes: {
      "/token": async () => {
        const count = asked("/token").length;
        if (count > 1) {
          secondArrived.resolve();
        }
        await secondArrived.promise;
        const body = { access_token: `renewed-${count}`, token_type: "Bearer", expires_in: 900 };
        return { body: { ...body, refresh_token: `refresh-${count}` } };
      },
    },
  });
  const around = await testSurroundings(t, { now: Date.now });
  await signedIn(around, issuer, { expiresAt: new Date(0).toISOString() });
  const processes = [1, 2].map(() =>
    child("test-support/audible-main.ts", ["token", "--issuer", issuer], dirname(around.directory)),
  );
  await Promise.all(processes.map(({ stderr }) => once(stderr, "data")));
  for (const { process, stderr } of processes) {
    process.stdin?.write("begin\n");
    // The one that finds the lock taken says that it waits: only now the other gets its answer.
    stderr.once("data", () => secondArrived.resolve());
  }
  const results = await Promise.all(processes.map(finished));
  assert.deepEqual(
    results.map(({ ended, out }) => ({ ended, out })),
    [
      { ended: 0, out: "renewed-1\n" },
      { ended: 0, out: "renewed-1\n" },
    ],
  );
  assert.equal(asked("/token").length, 1);
});

test("the lock of a process that died is free, that of a living one is not", async (t) => {
  const around = await testSurroundings(t);
  await privateDirectory(around.directory);
  const { lockPath } = tokenFile("https://auth.example.test", around.directory);
  const holder = child("test-support/hold-lock.ts", [lockPath], dirname(around.directory));
  t.after(() => holder.process.kill("SIGKILL"));
  await once(holder.stdout, "data");

  await assert.rejects(
    withLock(lockPath, around, async () => assert.fail("taken from the living")),
    { message: "Another process has been changing the tokens for a minute." },
  );
  const waited = around.waits.reduce((sum, wait) => sum + wait, 0);
  assert.equal(Math.round(waited), 60);

  holder.process.kill("SIGKILL");
  assert.equal(await holder.ended, "SIGKILL");
  const before = around.now();
  assert.equal(await withLock(lockPath, around, async () => "mine"), "mine");
  assert.equal(around.now(), before);
});

test("the lock is free again after work that failed", async (t) => {
  const around = await testSurroundings(t);
  await privateDirectory(around.directory);
  const { lockPath } = tokenFile("https://auth.example.test", around.directory);
  await assert.rejects(withLock(lockPath, around, () => Promise.reject(new Error("failed"))));
  assert.equal(await withLock(lockPath, around, async () => "mine"), "mine");
  assert.deepEqual(around.waits, []);
});
