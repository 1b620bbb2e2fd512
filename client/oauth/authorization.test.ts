import assert from "node:assert/strict";
import { test } from "node:test";
import { aPlatform, type Reply } from "../test-support/a-platform.ts";
import { aRegisteredClient } from "../test-support/a-registered-client.ts";

const LOGIN = "https://login.example";
const redirectUri = "https://shop.example/callback";

function shop(reply: Reply = "lost") {
  const platform = aPlatform(() => reply);
  return { client: aRegisteredClient(LOGIN, "shop", platform), platform };
}

function back(said: Readonly<Record<string, string>>): URL {
  return new URL(`${redirectUri}?${new URLSearchParams(said)}`);
}

test("a person is sent with all that is asked for, and with no secret", async () => {
  const { client } = shop();
  const { url, pending } = await client.startAuthorization({
    redirectUri,
    scope: "openid email",
    resource: ["https://a.example", "https://b.example"],
    prompt: "none",
    loginHint: "ada@example.test",
  });
  const { code_challenge, ...asked } = Object.fromEntries(url.searchParams);
  assert.match(code_challenge ?? "", /^[\w-]{43}$/);
  assert.deepEqual(asked, {
    response_type: "code",
    client_id: "shop",
    redirect_uri: redirectUri,
    state: pending.state,
    code_challenge_method: "S256",
    scope: "openid email",
    prompt: "none",
    login_hint: "ada@example.test",
    resource: "https://b.example",
  });
  assert.equal(url.searchParams.getAll("resource").length, 2);
  assert.ok(!url.href.includes(pending.codeVerifier));
});

test("what somebody else sends a person back with is refused, and no code is traded", async () => {
  const { client, platform } = shop();
  const { pending } = await client.startAuthorization({ redirectUri });
  const { state } = pending;
  for (const said of [
    { code: "c", iss: LOGIN },
    { code: "c", iss: LOGIN, state: "another" },
    { code: "c", state },
    { code: "c", state, iss: "https://elsewhere.example" },
    { error: "access_denied", iss: LOGIN, state: "another" },
  ]) {
    const finished = client.finishAuthorization(back(said), pending);
    await assert.rejects(finished, { code: "wrong_callback" });
  }
  assert.equal(platform.sent.length, 0);
});

test("a no is told as the server words it", async () => {
  const { client } = shop();
  const { pending } = await client.startAuthorization({ redirectUri });
  const said = { error: "login_required", state: pending.state, iss: LOGIN };
  const finished = client.finishAuthorization(back(said), pending);
  await assert.rejects(finished, { code: "login_required" });
});

test("a code is traded once, whatever comes of it", async () => {
  const { client, platform } = shop();
  const { pending } = await client.startAuthorization({ redirectUri });
  const said = back({ code: "c", state: pending.state, iss: LOGIN });
  await assert.rejects(client.finishAuthorization(said, pending), { code: "no_answer" });
  assert.deepEqual(
    platform.sent.map(({ fields }) => fields),
    [
      {
        grant_type: "authorization_code",
        code: "c",
        client_id: "shop",
        redirect_uri: redirectUri,
        code_verifier: pending.codeVerifier,
      },
    ],
  );
});
