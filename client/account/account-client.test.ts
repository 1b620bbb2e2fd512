import assert from "node:assert/strict";
import { test } from "node:test";
import { asking } from "../http/ask.ts";
import { aPlatform, type Reply, type Sent } from "../test-support/a-platform.ts";
import { memoryStorage } from "../tokens/memory-storage.ts";
import { accountClient } from "./account-client.ts";

const LOGIN = "https://login.example";

/** Somebody who is signed in, for as long as it says. */
function scene(lifeSeconds: number, answer: (sent: Sent) => Reply) {
  const platform = aPlatform(answer);
  const storage = memoryStorage({
    url: LOGIN,
    clientId: null,
    accessToken: "access-1",
    expiresAt: platform.now() + lifeSeconds * 1_000,
    refreshToken: "refresh-1",
    scope: null,
    idToken: null,
  });
  const ask = asking(new URL(LOGIN), platform);
  const client = accountClient({ url: LOGIN, ask, platform, storage, apis: [] });
  const paths = () => platform.sent.map(({ path }) => path);
  return { client, storage, platform, paths };
}

const gone: Reply = {
  status: 401,
  body: { error: { code: "invalid_refresh_token", message: "Sign in again." } },
};
const pair = { accessToken: "access-2", refreshToken: "refresh-2", expiresIn: 3_600 };

test("nothing of whoever signs in is sent but address and password", async () => {
  const { client, platform } = scene(900, () => ({ body: { ...pair, user: {} } }));
  const person = { email: "ada@example.test", password: "p", accessToken: "of-another" };
  await client.signIn(person);
  assert.deepEqual(platform.sent[0]?.fields, { email: "ada@example.test", password: "p" });
});

test("a sign-out that cannot be told is thrown, and leaves no tokens here", async () => {
  for (const lifeSeconds of [900, 0]) {
    const { client, storage } = scene(lifeSeconds, () => "lost");
    await assert.rejects(client.signOut(), { code: "no_answer" });
    assert.equal(await storage.load(), null);
  }
});

test("a sign-out of a session that is over already is done", async () => {
  const refused: Reply = { status: 401, body: { statusCode: 401, message: "Unauthorized" } };
  const held = scene(900, () => refused);
  await held.client.signOut();
  assert.deepEqual(held.paths(), ["/auth/signout"]);
  assert.equal(await held.storage.load(), null);

  const ended = scene(0, () => gone);
  await ended.client.signOut();
  assert.deepEqual(ended.paths(), ["/api/auth/refresh"]);
  assert.equal(await ended.storage.load(), null);
});

test("a sign-out goes by a token that still holds", async () => {
  const { client, paths, platform } = scene(0, ({ path }) =>
    path === "/api/auth/refresh" ? { body: pair } : { body: { statusCode: 200, message: "Done." } },
  );
  await client.signOut();
  assert.deepEqual(paths(), ["/api/auth/refresh", "/auth/signout"]);
  assert.equal(platform.sent[1]?.headers.get("authorization"), "Bearer access-2");
});
