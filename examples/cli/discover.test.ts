import assert from "node:assert/strict";
import { test } from "node:test";
import { discover } from "./oauth/discover.ts";
import { inTurn, type Reply, scriptedServer } from "./test-support/scripted-server.ts";
import { testSurroundings } from "./test-support/test-surroundings.ts";

const metadataPath = "/.well-known/oauth-authorization-server";

test("reads what a server announces, and takes the rest as not there", async (t) => {
  const { issuer } = await scriptedServer(t, {
    announced: {
      device_poll_wait_seconds_supported: 25,
      device_code_challenge_methods_supported: ["S256"],
      userinfo_endpoint: undefined,
    },
  });
  assert.deepEqual(await discover(issuer, await testSurroundings(t)), {
    issuer,
    tokenEndpoint: `${issuer}/token`,
    deviceAuthorizationEndpoint: `${issuer}/device_authorization`,
    revocationEndpoint: `${issuer}/revoke`,
    userinfoEndpoint: null,
    bindsDeviceCodes: true,
    holdSeconds: 25,
  });
});

test("looks for an issuer with a path where RFC 8414 §3.1 puts it", async (t) => {
  const body: Record<string, string> = {};
  const { issuer } = await scriptedServer(t, {
    routes: { [`${metadataPath}/acme`]: () => ({ body }) },
  });
  body["issuer"] = `${issuer}/acme`;
  body["token_endpoint"] = `${issuer}/acme/token`;
  const server = await discover(`${issuer}/acme`, await testSurroundings(t));
  assert.equal(server.tokenEndpoint, `${issuer}/acme/token`);
});

test("refuses metadata that names another issuer, by a slash even", async (t) => {
  const { issuer } = await scriptedServer(t, {});
  await assert.rejects(discover(`${issuer}/`, await testSurroundings(t)), {
    message: `The server at ${issuer}/ calls itself ${issuer}.`,
  });
});

test("refuses an issuer that others on the way could read, before asking it", async (t) => {
  const surroundings = await testSurroundings(t, {
    fetch: () => assert.fail("asked"),
  });
  const wrong = ["http://auth.example.test", "ftp://localhost", "localhost", "https://a.test/?b"];
  for (const issuer of wrong) {
    await assert.rejects(discover(issuer, surroundings), {
      message: `${JSON.stringify(issuer)} cannot be an issuer.`,
      exitCode: 2,
    });
  }
});

test("refuses an endpoint that others on the way could read", async (t) => {
  const { issuer } = await scriptedServer(t, {
    announced: { token_endpoint: "http://auth.example.test/token" },
  });
  await assert.rejects(discover(issuer, await testSurroundings(t)), {
    message: `The server's token_endpoint is "http://auth.example.test/token": not an https address.`,
  });
});

test("follows no redirect", async (t) => {
  const { issuer } = await scriptedServer(t, {
    routes: {
      [metadataPath]: () => ({ status: 302, headers: { location: "/elsewhere" } }),
      "/elsewhere": () => assert.fail("followed"),
    },
  });
  await assert.rejects(discover(issuer, await testSurroundings(t)), {
    message: `${issuer} answered 302, so learning its endpoints failed.`,
  });
});

test("asks four times, half a second later and twice as long each time, while trouble may pass", async (t) => {
  const routes = { [metadataPath]: inTurn("reset", { status: 502 }, { status: 429 }, "reset") };
  const { issuer, asked } = await scriptedServer(t, { routes });
  const surroundings = await testSurroundings(t);
  await assert.rejects(discover(issuer, surroundings), {
    message: `${issuer} cannot be reached (the connection broke), so learning its endpoints failed.`,
    advice: "Check --issuer and your network, and try again.",
  });
  assert.deepEqual(surroundings.waits, [0.5, 1, 2]);
  assert.equal(asked(metadataPath).length, 4);
});

test("waits as long as Retry-After asks, unless that is longer than a person would", async (t) => {
  const busy = (seconds: string): Reply => ({ status: 503, headers: { "retry-after": seconds } });
  const routes = { [metadataPath]: inTurn(busy("9"), busy("11")) };
  const { issuer } = await scriptedServer(t, { routes });
  const surroundings = await testSurroundings(t);
  await assert.rejects(discover(issuer, surroundings), {
    message: `${issuer} answered 503, so learning its endpoints failed.`,
    advice: "Try again in a while.",
  });
  assert.deepEqual(surroundings.waits, [9]);
});
