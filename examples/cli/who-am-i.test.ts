import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { inTurn } from "./test-support/scripted-server.ts";
import { over, renewed, sessionScene } from "./test-support/session-scene.ts";

const ada = { sub: "account-1", name: "Ada Lovelace", email: "ada@example.test" };
const missing = { code: "ENOENT" };

test("says who is signed in", async (t) => {
  const { server, around, command } = await sessionScene(t, { "/userinfo": inTurn({ body: ada }) });
  assert.equal(await command("whoami"), 0);
  assert.equal(
    around.said().out,
    `Ada Lovelace <ada@example.test>\n  account  account-1\n  server   ${server.issuer}\n` +
      "  client   demo-cli\n  scopes   openid\n",
  );
  assert.equal(server.asked("/userinfo")[0]?.headers.authorization, "Bearer access-1");
});

test("renews a token that the server refuses before its time, and asks again", async (t) => {
  const { server, command } = await sessionScene(t, {
    "/userinfo": inTurn({ status: 401 }, { body: ada }),
    "/token": inTurn(renewed),
  });
  assert.equal(await command("whoami"), 0);
  assert.deepEqual(
    server.asked("/userinfo").map(({ headers }) => headers.authorization),
    ["Bearer access-1", "Bearer access-2"],
  );
});

test("says that the session is over when the server refuses the token and its renewal", async (t) => {
  const { around, path, command } = await sessionScene(t, {
    "/userinfo": inTurn({ status: 401 }),
    "/token": inTurn(over),
  });
  assert.equal(await command("whoami"), 3);
  assert.match(around.said().err, /is over: you are signed out\.\nRun login to sign in\.\n$/);
  await assert.rejects(readFile(path), missing);
});

test("says what to do when the sign-in may not see who it is", async (t) => {
  const { around, command } = await sessionScene(t, { "/userinfo": inTurn({ status: 403 }) });
  assert.equal(await command("whoami"), 1);
  assert.match(around.said().err, /Run login again with a --scope that holds "openid"\.\n$/);
});

test("calls an account without a name by its address, and one without either by its id", async (t) => {
  const { around, command } = await sessionScene(t, {
    "/userinfo": inTurn({ body: { ...ada, name: "" } }, { body: { sub: ada.sub } }),
  });
  await command("whoami");
  await command("whoami");
  const firstLines = around.said().out.match(/^\S.*$/gm);
  assert.deepEqual(firstLines, ["ada@example.test", "account-1"]);
});
