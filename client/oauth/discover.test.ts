import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../create-client.ts";
import { aPlatform, inTurn, type Reply, type Sent } from "../test-support/a-platform.ts";
import { memoryStorage } from "../tokens/memory-storage.ts";
import { discover } from "./discover.ts";

const ISSUER = "https://login.example";
const METADATA = "/.well-known/oauth-authorization-server";
const metadata = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/start`,
  token_endpoint: `${ISSUER}/token`,
  device_authorization_endpoint: `${ISSUER}/device`,
};
const grant = {
  device_code: "device-code",
  user_code: "BCDF-GHJK",
  verification_uri: `${ISSUER}/code`,
  expires_in: 900,
};
const tokens = { access_token: "access-1", token_type: "bearer" };

/** What a server answers that announces this. */
function announcing(announced: object, token: (sent: Sent) => Reply = () => ({ body: tokens })) {
  return aPlatform((sent) => {
    const replies: Readonly<Record<string, () => Reply>> = {
      [METADATA]: () => ({ body: announced }),
      "/device": () => ({ body: grant }),
      "/token": () => token(sent),
    };
    return replies[sent.path]?.() ?? { status: 404 };
  });
}

function clientOf(platform: ReturnType<typeof aPlatform>, storage = memoryStorage()) {
  const send: typeof fetch = (input, init) => platform.fetch(new Request(input, init));
  const options = { url: ISSUER, clientId: "cli", storage, fetch: send, clock: platform };
  return createClient({ ...options, discover });
}

test("asks where a server announces it, once for all, and for no more than it can", async () => {
  const platform = announcing(metadata, inTurn({ status: 503 }, { body: tokens }));
  const storage = memoryStorage();
  const client = clientOf(platform, storage);
  const device = await client.startDevice({ scope: "openid", resource: ["https://api.example"] });
  assert.equal(device.verificationUriComplete, grant.verification_uri);
  await device.finished();

  assert.deepEqual(
    platform.sent.map(({ path, fields }) => [path, fields["code_challenge"]]),
    [
      [METADATA, undefined],
      ["/device", undefined],
      ["/token", undefined],
      ["/token", undefined],
    ],
  );
  const [, , poll] = platform.sent;
  assert.equal(poll?.headers.get("prefer"), null);
  assert.equal(poll?.fields["code_verifier"], undefined);
  // The interval that is usual comes before a poll that nobody holds.
  assert.deepEqual(platform.waits, [5, 10]);
  assert.deepEqual(await storage.load(), {
    url: ISSUER,
    clientId: "cli",
    accessToken: "access-1",
    expiresAt: platform.now() + 300_000,
    refreshToken: null,
    scope: "openid",
    resource: ["https://api.example"],
    idToken: null,
  });
  for (const resource of ["https://a.example", "https://b.example"]) {
    const redirectUri = "https://shop.example/callback";
    const { url } = await client.startAuthorization({ redirectUri, resource: [resource] });
    assert.equal(url.origin + url.pathname, metadata.authorization_endpoint);
    assert.deepEqual(url.searchParams.getAll("resource"), [resource]);
  }
});

test("binds the code and has polls held where that is announced", async () => {
  const platform = announcing({
    ...metadata,
    device_code_challenge_methods_supported: ["S256"],
    device_poll_wait_seconds_supported: 12,
  });
  await (await clientOf(platform).startDevice()).finished();
  const [, start, poll] = platform.sent;
  assert.match(String(start?.fields["code_challenge"]), /^[\w-]{43}$/);
  assert.match(String(poll?.fields["code_verifier"]), /^[\w-]{43}$/);
  assert.equal(poll?.headers.get("prefer"), "wait=12");
  assert.deepEqual(platform.waits, [0]);
});

test("a callback has to say whose it is where that is announced, and elsewhere must not be another's", async () => {
  const redirectUri = "https://shop.example/callback";
  const finish = async (announced: object, iss: object) => {
    const client = clientOf(announcing({ ...metadata, ...announced }));
    const { pending } = await client.startAuthorization({ redirectUri });
    const said = new URLSearchParams({ code: "c", state: pending.state, ...iss });
    return client.finishAuthorization(`${redirectUri}?${said}`, pending);
  };
  await finish({}, {});
  await assert.rejects(finish({}, { iss: "https://elsewhere.example" }), {
    code: "wrong_callback",
  });
  const announced = { authorization_response_iss_parameter_supported: true };
  await assert.rejects(finish(announced, {}), { code: "wrong_callback" });
  await finish(announced, { iss: ISSUER });
});

test("what is not announced is not offered", async () => {
  const storage = memoryStorage();
  const client = clientOf(announcing(metadata), storage);
  await (await client.startDevice()).finished();
  const expected = { code: "not_offered", message: `${ISSUER} announces no userinfo_endpoint.` };
  await assert.rejects(client.userInfo(), expected);
  await assert.rejects(client.signOut(), { code: "not_offered" });
  assert.equal(await storage.load(), null);
});

test("nobody is asked for a token that still holds", async () => {
  const platform = announcing(metadata);
  const kept = { url: ISSUER, clientId: "cli", refreshToken: null, scope: null, idToken: null };
  const expiresAt = platform.now() + 900_000;
  const storage = memoryStorage({ ...kept, accessToken: "access-0", expiresAt });
  assert.equal(await clientOf(platform, storage).accessToken(), "access-0");
  assert.deepEqual(platform.sent, []);
});

test("an issuer with a path announces itself where RFC 8414 §3.1 has it", async () => {
  const issuer = `${ISSUER}/acme`;
  const platform = aPlatform(({ path }) =>
    path === `${METADATA}/acme`
      ? { body: { issuer, token_endpoint: `${issuer}/token` } }
      : { status: 404 },
  );
  const { locate } = await discover(issuer, platform);
  assert.equal(locate("/oauth/token").href, `${issuer}/token`);
});

test("metadata that name another issuer, by a slash even, or none, are refused", async () => {
  const refused = { code: "wrong_issuer" };
  await assert.rejects(discover(`${ISSUER}/`, announcing(metadata)), {
    ...refused,
    message: `The server at ${ISSUER}/ calls itself ${ISSUER}.`,
  });
  await assert.rejects(discover(ISSUER, announcing({})), refused);
});

test("an endpoint that others on the way could read is refused", async () => {
  for (const address of [
    "http://login.example/token",
    "http://127.0.0.1/token",
    "ftp://login.example/",
    "token",
  ]) {
    await assert.rejects(discover(ISSUER, announcing({ ...metadata, token_endpoint: address })), {
      code: "unsafe_endpoint",
      message: `The server's token_endpoint is "${address}": not an https address.`,
    });
  }
});

test("an issuer that others on the way could read is refused at once", () => {
  for (const url of ["http://login.example", "ftp://localhost", "localhost", `${ISSUER}/?b`]) {
    const options = { url, clientId: "cli", discover };
    assert.throws(() => createClient(options), /^TypeError: "[^"]+" cannot be an issuer/);
  }
});

test("no redirect is followed, and trouble that passes is waited for", async () => {
  const led = aPlatform(() => ({ status: 302, headers: { location: `${ISSUER}/elsewhere` } }));
  await assert.rejects(discover(ISSUER, led), { code: "http_302" });
  assert.equal(led.sent.length, 1);
  const troubled = aPlatform(inTurn("lost", { status: 502 }, { status: 429 }, { body: metadata }));
  await discover(ISSUER, troubled);
  assert.deepEqual(troubled.waits, [0.5, 1, 2]);
});
