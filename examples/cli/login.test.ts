import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmod, readFile, stat } from "node:fs/promises";
import { test } from "node:test";
import { loginScene, pending, tokens } from "./test-support/login-scene.ts";
import { inTurn, type Reply } from "./test-support/scripted-server.ts";
import { signedIn } from "./test-support/signed-in.ts";

const slowDown: Reply = { status: 400, body: { error: "slow_down" } };
const holds = { device_poll_wait_seconds_supported: 25 };

test("goes on through pending, slow_down, 429, 503 and a lost connection until the tokens come", async (t) => {
  const token = inTurn(
    pending,
    slowDown,
    { status: 429, headers: { "retry-after": "40" }, body: { error: "temporarily_unavailable" } },
    { status: 503 },
    "reset",
    pending,
    { body: tokens },
  );
  const { server, around, login, path } = await loginScene(t, { token });
  assert.equal(await login(), 0);
  assert.deepEqual(around.waits, [5, 5, 10, 40, 30, 30, 10]);
  assert.deepEqual(JSON.parse(await readFile(path, "utf8")), {
    url: server.issuer,
    clientId: "demo-cli",
    accessToken: "access-1",
    expiresAt: around.now() + 900_000,
    refreshToken: "refresh-1",
    scope: "openid profile",
    idToken: null,
  });
  assert.match(around.said().out, /You are signed in to http:\/\/127\.0\.0\.1:\d+\.\n$/);
});

test("gives every poll of a sign-in the same key, and every sign-in another", async (t) => {
  const token = inTurn(pending, "reset", { body: tokens }, { body: tokens });
  const { server, login } = await loginScene(t, { token });
  await login();
  await login();
  const keys = server.asked("/token").map(({ headers }) => headers["idempotency-key"]);
  assert.match(String(keys[0]), /^[!-~]{20,255}$/);
  assert.deepEqual(keys, [keys[0], keys[0], keys[0], keys[3]]);
  assert.notEqual(keys[0], keys[3]);
});

test("proves on every poll that it began the sign-in, where the server binds device codes", async (t) => {
  const { server, login } = await loginScene(t, {
    announced: { device_code_challenge_methods_supported: ["S256"] },
    token: inTurn(pending, { body: tokens }),
  });
  await login("--client-id", "other-cli", "--scope", "openid");
  const [start] = server.asked("/device_authorization");
  const polls = server.asked("/token").map(({ form }) => form);
  const verifier = String(polls[0]?.["code_verifier"]);
  assert.match(verifier, /^[\w-]{43}$/);
  assert.deepEqual(start?.form, {
    client_id: "other-cli",
    scope: "openid",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const poll = {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: "device-1",
    client_id: "other-cli",
    code_verifier: verifier,
  };
  assert.deepEqual(polls, [poll, poll]);
});

test("sends neither a challenge nor a wish to wait to a server that announces neither", async (t) => {
  const { server, login } = await loginScene(t, { token: inTurn(pending, { body: tokens }) });
  await login();
  assert.deepEqual(server.asked("/device_authorization")[0]?.form, {
    client_id: "demo-cli",
    scope: "openid profile email offline_access",
  });
  for (const { headers, form } of server.asked("/token")) {
    assert.equal(headers.prefer, undefined);
    assert.equal(form["code_verifier"], undefined);
  }
});

test("asks to wait where that is announced, and again at once only after a wait as long as the interval", async (t) => {
  const held = [25, 2, 25];
  const { server, around, login } = await loginScene(t, {
    announced: holds,
    token: () => {
      const seconds = held.shift();
      around.setOn(seconds ?? 1);
      return seconds === undefined ? { body: tokens } : pending;
    },
  });
  assert.equal(await login(), 0);
  assert.deepEqual(around.waits, [0, 0, 5, 0]);
  const wishes = server.asked("/token").map(({ headers }) => headers.prefer);
  assert.deepEqual(wishes, ["wait=25", "wait=25", "wait=25", "wait=25"]);
});

test("asks to wait no longer than the code holds", async (t) => {
  const { server, login } = await loginScene(t, {
    announced: holds,
    started: { expires_in: 7 },
    token: () => ({ body: tokens }),
  });
  await login();
  assert.equal(server.asked("/token")[0]?.headers.prefer, "wait=7");
});

test("goes on through an outage until the code's own end, and not past it", async (t) => {
  const { server, around, login } = await loginScene(t, { token: () => ({ status: 500 }) });
  const begin = around.now();
  assert.equal(await login(), 4);
  assert.match(around.said().err, /\nThe code expired before it was confirmed\.\n/);
  assert.equal(around.now() - begin, 900_000);
  assert.equal(server.asked("/token").length, 31);
});

test("ends the session that was there before", async (t) => {
  const { server, around, login } = await loginScene(t, { token: () => ({ body: tokens }) });
  await signedIn(around, server.issuer, { refreshToken: "refresh-0" });
  assert.equal(await login(), 0);
  assert.deepEqual(
    server.asked("/revoke").map(({ form }) => form),
    [{ token: "refresh-0", client_id: "demo-cli" }],
  );
});

test("ends it also when others may have read its tokens", async (t) => {
  const { server, around, login, path } = await loginScene(t, { token: () => ({ body: tokens }) });
  await signedIn(around, server.issuer, { refreshToken: "refresh-0" });
  await chmod(path, 0o644);
  assert.equal(await login(), 0);
  assert.equal(server.asked("/revoke")[0]?.form["token"], "refresh-0");
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});
