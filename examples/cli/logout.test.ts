import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inTurn } from "./test-support/scripted-server.ts";
import { sessionScene } from "./test-support/session-scene.ts";

const missing = { code: "ENOENT" };

test("ends the session and deletes its tokens", async (t) => {
  const { server, around, path, command } = await sessionScene(t, { "/revoke": inTurn({}) });
  assert.equal(await command("logout"), 0);
  assert.deepEqual(
    server.asked("/revoke").map(({ form }) => form),
    [{ token: "refresh-1", client_id: "demo-cli" }],
  );
  await assert.rejects(readFile(path), missing);
  assert.equal(await command("logout"), 0);
  assert.equal(
    around.said().out,
    `You are signed out of ${server.issuer}.\nYou are not signed in to ${server.issuer}.\n`,
  );
});

test("deletes the tokens also when the server cannot be told, and says that the session goes on", async (t) => {
  const refusal = { status: 400, body: { error: "invalid_grant" } };
  const { server, around, path, command } = await sessionScene(t, { "/revoke": inTurn(refusal) });
  assert.equal(await command("logout"), 1);
  assert.equal(
    around.said().err,
    "The tokens are deleted here, but the session goes on. " +
      `${server.issuer} answered 400, invalid_grant, so ending the session failed.\n` +
      "End it in your account's list of sessions.\n",
  );
  await assert.rejects(readFile(path), missing);
});
