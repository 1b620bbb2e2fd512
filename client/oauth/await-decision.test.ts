import assert from "node:assert/strict";
import { test } from "node:test";
import { aPlatform, inTurn, type Reply, type Sent } from "../test-support/a-platform.ts";
import { aRegisteredClient } from "../test-support/a-registered-client.ts";
import { memoryStorage } from "../tokens/memory-storage.ts";

const URL_OF_SERVER = "https://login.example";
const pending = refusal("authorization_pending");
const tokens = {
  body: { access_token: "access-1", token_type: "Bearer", expires_in: 900, refresh_token: "r-1" },
};

/** A television that shows its code, and what it is told when it polls. */
async function television(poll: (sent: Sent) => Reply | Promise<Reply>) {
  const platform = aPlatform((sent) =>
    sent.path === "/oauth/device_authorization"
      ? {
          body: {
            device_code: "device-code",
            user_code: "BCDF-GHJK",
            verification_uri: `${URL_OF_SERVER}/device`,
            verification_uri_complete: `${URL_OF_SERVER}/device?user_code=BCDF-GHJK`,
            expires_in: 900,
            interval: 5,
          },
        }
      : poll(sent),
  );
  const storage = memoryStorage();
  const client = aRegisteredClient(URL_OF_SERVER, "tv", platform, storage);
  const device = await client.startDevice({ scope: "openid", resource: ["https://a.example"] });
  return { client, device, platform, storage, polls: () => platform.sent.slice(1) };
}

function refusal(error: string, status = 400, headers = {}): Reply {
  return { status, headers, body: { error, error_description: "No." } };
}

test("the person sees where to go; the code is bound to a verifier that is not shown", async () => {
  const { device, platform } = await television(() => tokens);
  assert.equal(device.userCode, "BCDF-GHJK");
  assert.equal(device.expiresAt, platform.now() + 900_000);
  const { code_challenge, ...fields } = platform.sent[0]?.fields ?? {};
  assert.match(String(code_challenge), /^[\w-]{43}$/);
  assert.deepEqual(fields, {
    client_id: "tv",
    scope: "openid",
    resource: "https://a.example",
    code_challenge_method: "S256",
  });
  assert.ok(!JSON.stringify(device).includes("device-code"));
});

test("polls are held, follow each other at the interval, and carry the same key", async () => {
  const { client, device, polls, platform } = await television(inTurn(pending, pending, tokens));
  await device.finished();
  assert.equal(await client.accessToken(), "access-1");
  assert.deepEqual(platform.waits, [0, 5, 5]);
  const keys = polls().map(({ headers }) => headers.get("idempotency-key"));
  assert.equal(new Set(keys).size, 1);
  assert.deepEqual(
    polls().map(({ headers }) => headers.get("prefer")),
    Array(3).fill("wait=25"),
  );
});

test("after a poll that was held for the interval the next follows at once", async () => {
  const answers = inTurn(pending, tokens);
  const { device, platform } = await television(() => {
    platform.setOn(25);
    return answers();
  });
  await device.finished();
  assert.deepEqual(platform.waits, [0, 0]);
});

test("the verifier that polls carry is that of the challenge", async () => {
  const { device, platform, polls } = await television(() => tokens);
  await device.finished();
  const verifier = new TextEncoder().encode(String(polls()[0]?.fields["code_verifier"]));
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", verifier));
  assert.equal(digest.toString("base64url"), platform.sent[0]?.fields["code_challenge"]);
});

test("slow_down makes it slower for good; Retry-After is kept to", async () => {
  const { device, platform } = await television(
    inTurn(
      refusal("slow_down"),
      refusal("slow_down", 429, { "retry-after": "60" }),
      pending,
      tokens,
    ),
  );
  await device.finished();
  assert.deepEqual(platform.waits, [0, 10, 60, 15]);
});

test("no outage ends it", async () => {
  const { device, platform } = await television(inTurn("lost", { status: 502 }, "lost", tokens));
  await device.finished();
  assert.deepEqual(platform.waits, [0, 10, 20, 30]);
});

test("a no ends it", async () => {
  const { client, device, polls } = await television(() => refusal("access_denied"));
  await assert.rejects(device.finished(), { code: "access_denied", status: 400 });
  assert.equal(polls().length, 1);
  assert.equal(await client.isSignedIn(), false);
});

test("a code that nobody confirmed in time ends it, without a poll too many", async () => {
  const { device, platform, polls } = await television(() => {
    platform.setOn(25);
    return pending;
  });
  await assert.rejects(device.finished(), { code: "expired_token" });
  assert.equal(polls().length, 36);
});

test("whoever breaks it off can go on later", async () => {
  const stop = new AbortController();
  const { client, device } = await television(() => {
    stop.abort(new Error("enough"));
    return tokens;
  });
  await assert.rejects(device.finished({ signal: stop.signal }), /^Error: enough$/);
  assert.equal(await client.isSignedIn(), false);
  await device.finished();
  assert.equal(await client.isSignedIn(), true);
});

test("tokens without a scope are those of a person who gave none", async () => {
  const { device, storage } = await television(() => tokens);
  await device.finished();
  assert.equal((await storage.load())?.scope, "");
});
