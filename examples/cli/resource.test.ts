import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { idToken } from "./test-support/id-token.ts";
import { loginScene, tokens } from "./test-support/login-scene.ts";
import { inTurn } from "./test-support/scripted-server.ts";
import { ending, renewed, sessionScene } from "./test-support/session-scene.ts";

const api = "https://api.example.test/";
const other = "urn:example:other";
const ada = { sub: "account-1", name: "Ada Lovelace", email: "ada@example.test" };
const advice =
  "A sign-in with --resource sees who you are in its ID token only, and this one has none.\n" +
  'Run login again with a --scope that holds "openid", or without --resource.\n';

test("a sign-in asks for each resource as it was written, and keeps them beside the ID token", async (t) => {
  const { server, login, path } = await loginScene(t, {
    token: inTurn({ body: { ...tokens, id_token: "a.b.c" } }),
  });
  assert.equal(await login("--resource", api, "--resource", other), 0);
  assert.deepEqual(server.asked("/device_authorization")[0]?.form, {
    client_id: "demo-cli",
    scope: "openid profile email offline_access",
    resource: [api, other],
  });
  const kept = JSON.parse(await readFile(path, "utf8"));
  assert.deepEqual([kept.resource, kept.idToken], [[api, other], "a.b.c"]);
});

test("renewed tokens are for the same resources, and keep the ID token where no other comes", async (t) => {
  const before = { ...ending, resource: [api], idToken: "old" };
  const body = { access_token: "access-2", token_type: "Bearer", expires_in: 30 };
  const routes = { "/token": inTurn({ body }, { body: { ...body, id_token: "new" } }) };
  const { path, command } = await sessionScene(t, routes, before);
  for (const idToken of ["old", "new"]) {
    assert.equal(await command("token"), 0);
    const kept = JSON.parse(await readFile(path, "utf8"));
    assert.deepEqual([kept.resource, kept.idToken], [[api], idToken]);
  }
});

test("whoami brings no token for a resource to the server, and says what the ID token says", async (t) => {
  const { server, around, path, command } = await sessionScene(t, {
    "/userinfo": () => assert.fail("asked"),
    "/token": inTurn(renewed),
  });
  await rewrite(path, {
    ...ending,
    resource: [api, other],
    idToken: idToken({ ...ada, iss: server.issuer, aud: "demo-cli" }),
  });
  assert.equal(await command("whoami"), 0);
  assert.deepEqual(around.said(), {
    out:
      `Ada Lovelace <ada@example.test>\n  account   account-1\n  server    ${server.issuer}\n` +
      `  client    demo-cli\n  scopes    openid\n  resource  ${api}\n  resource  ${other}\n` +
      "The ID token says so. The server was not asked: it takes no token that is for a resource.\n",
    err: "",
  });
  assert.equal(server.asked("/token").length, 1);
});

test("whoami says what to do without an ID token, or with one of another issuer or client", async (t) => {
  const { server, around, path, command } = await sessionScene(t, {});
  const iss = server.issuer;
  const useless = [
    null,
    "",
    "none",
    "a.b.c",
    idToken({ ...ada, iss: `${iss}/`, aud: "demo-cli" }),
    idToken({ ...ada, iss, aud: "other-cli" }),
    idToken({ ...ada, iss }),
  ];
  for (const token of useless) {
    await rewrite(path, { resource: [api], idToken: token });
    assert.equal(await command("whoami"), 1);
  }
  assert.deepEqual(around.said(), { out: "", err: advice.repeat(useless.length) });
  const aud = ["other-cli", "demo-cli"];
  await rewrite(path, { resource: [api], idToken: idToken({ ...ada, iss, aud }) });
  assert.equal(await command("whoami"), 0);
});

async function rewrite(path: string, changed: Readonly<Record<string, unknown>>): Promise<void> {
  await writeFile(
    path,
    JSON.stringify({ ...JSON.parse(await readFile(path, "utf8")), ...changed }),
  );
}
