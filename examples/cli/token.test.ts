import assert from "node:assert/strict";
import { chmod, readFile } from "node:fs/promises";
import { test } from "node:test";
import { inTurn } from "./test-support/scripted-server.ts";
import { ended, ending, over, renewed, sessionScene } from "./test-support/session-scene.ts";
import { signedIn } from "./test-support/signed-in.ts";

const missing = { code: "ENOENT" };

test("prints an access token that holds for a minute more without asking anybody", async (t) => {
  const { server, around, command } = await sessionScene(t, {});
  assert.equal(await command("token"), 0);
  assert.deepEqual(around.said(), { out: "access-1\n", err: "" });
  assert.deepEqual(server.asked("/.well-known/oauth-authorization-server"), []);
});

test("renews an access token that ends within the minute, and keeps what it got", async (t) => {
  const { server, around, path, command } = await sessionScene(
    t,
    { "/token": inTurn(renewed) },
    ending,
  );
  assert.equal(await command("token"), 0);
  assert.equal(await command("token"), 0);
  assert.deepEqual(around.said(), { out: "access-2\naccess-2\n", err: "" });
  assert.deepEqual(
    server.asked("/token").map(({ form }) => form),
    [{ grant_type: "refresh_token", refresh_token: "refresh-1", client_id: "demo-cli" }],
  );
  assert.deepEqual(JSON.parse(await readFile(path, "utf8")), {
    url: server.issuer,
    clientId: "demo-cli",
    accessToken: "access-2",
    expiresAt: Date.parse("2030-01-01T00:15:00Z"),
    refreshToken: "refresh-2",
    scope: "openid",
    idToken: null,
  });
});

test("keeps the refresh token where the server gives no other", async (t) => {
  const body = { access_token: "access-2", token_type: "Bearer", expires_in: 900 };
  const { path, command } = await sessionScene(t, { "/token": inTurn({ body }) }, ending);
  await command("token");
  assert.equal(JSON.parse(await readFile(path, "utf8")).refreshToken, "refresh-1");
});

test("finishes renewing at Ctrl-C: the old refresh token is worth nothing any more", async (t) => {
  const stopping = new AbortController();
  const token = () => {
    stopping.abort("SIGINT");
    return renewed;
  };
  const around = { stop: stopping.signal };
  const { path, command } = await sessionScene(t, { "/token": token }, ending, around);
  await command("token");
  assert.equal(JSON.parse(await readFile(path, "utf8")).refreshToken, "refresh-2");
});

test("says that the session is over and deletes its tokens when the server refuses to renew", async (t) => {
  const { server, around, path, command } = await sessionScene(
    t,
    { "/token": inTurn(over) },
    ending,
  );
  assert.equal(await command("token"), 3);
  assert.deepEqual(around.said(), {
    out: "",
    err: `Your session at ${server.issuer} is over: you are signed out.\nRun login to sign in.\n`,
  });
  await assert.rejects(readFile(path), missing);
});

test("keeps the tokens through an outage, after trying a few times", async (t) => {
  const { server, around, path, command } = await sessionScene(
    t,
    { "/token": inTurn({ status: 503 }, "reset", { status: 500 }, { status: 503 }, renewed) },
    ended,
  );
  assert.equal(await command("token"), 1);
  assert.deepEqual(around.waits, [0.5, 1, 2]);
  assert.equal(
    around.said().err,
    `${server.issuer} answered 503, so renewing the access token failed.\nTry again in a while.\n`,
  );
  assert.equal(JSON.parse(await readFile(path, "utf8")).refreshToken, "refresh-1");
  assert.equal(await command("token"), 0);
});

test("prints a token that still holds while the server is away", async (t) => {
  const away = { "/token": () => ({ status: 503 }) };
  const { around, command } = await sessionScene(t, away, ending);
  assert.equal(await command("token"), 0);
  assert.deepEqual(around.said(), { out: "access-1\n", err: "" });
});

test("keeps the tokens when the server refuses for another reason than the session's end", async (t) => {
  const refusal = { status: 401, body: { error: "invalid_client" } };
  const { around, path, command } = await sessionScene(t, { "/token": inTurn(refusal) }, ending);
  assert.equal(await command("token"), 1);
  assert.match(around.said().err, /answered 401, invalid_client, so renewing/);
  assert.equal(JSON.parse(await readFile(path, "utf8")).refreshToken, "refresh-1");
});

test("tells whoever is not signed in to sign in, with an exit code of its own", async (t) => {
  const { server, around, command } = await sessionScene(t, { "/revoke": () => ({}) });
  await command("logout");
  for (const name of ["token", "whoami"]) {
    assert.equal(await command(name), 3);
  }
  const text = `You are not signed in to ${server.issuer}.\nRun login to sign in.\n`;
  assert.equal(around.said().err, text + text);
});

test("uses no tokens of another client or issuer than the one it was asked for", async (t) => {
  const { server, around, command } = await sessionScene(t, {});
  assert.equal(await command("token", "--client-id", "demo-cli"), 0);
  assert.equal(await command("token", "--client-id", "other-cli"), 3);
  const path = await signedIn(around, server.issuer, { url: "https://auth.example.test" });
  assert.equal(await command("token"), 3);
  assert.equal(
    around.said().err,
    "You are signed in as the client demo-cli, not as other-cli.\nRun login to sign in.\n" +
      `You are signed in to https://auth.example.test, not to ${server.issuer}.\nRun login to sign in.\n`,
  );
  assert.equal(await command("logout"), 3);
  assert.deepEqual(server.asked("/revoke"), []);
  await readFile(path);
});

test("refuses a file that others on this machine can read", async (t) => {
  const { around, path, command } = await sessionScene(t, { "/revoke": inTurn({}) });
  for (const mode of [0o640, 0o604, 0o602]) {
    await chmod(path, mode);
    assert.equal(await command("token"), 1);
  }
  const text =
    `${path} is open to others on this machine, so its tokens may be known to them.\n` +
    "Run login: it ends that session and begins another.\n";
  assert.deepEqual(around.said(), { out: "", err: text + text + text });
  assert.equal(await command("logout"), 0);
});
