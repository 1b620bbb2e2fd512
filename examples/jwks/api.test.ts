import assert from "node:assert/strict";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { AUDIENCE, serveIssuer, serveNothing } from "../../client/test-support/issuer.ts";
import { accessTokenVerifier } from "../../client/verify.ts";
import { createApi } from "./api.ts";

const issuer = await serveIssuer();
let api: Server;

before(async () => {
  api = await listening(createApi(accessTokenVerifier({ issuer: issuer.url, audience: AUDIENCE })));
});

after(() => api.close());

test("a good token is let in, and told who it is", async () => {
  assert.deepEqual(await get("/me", await issuer.token({ scope: "openid profile:read" })), {
    status: 200,
    challenge: null,
    body: { subject: "an-account", clientId: "a-client", scopes: ["openid", "profile:read"] },
  });
});

test("a bad token is told so", async () => {
  assert.deepEqual(await get("/me", await issuer.token({ aud: issuer.url })), {
    status: 401,
    challenge: 'Bearer realm="example-jwks", error="invalid_token"',
    body: { error: "invalid_token" },
  });
});

test("who brings nothing is told no error", async () => {
  assert.deepEqual(await get("/me"), {
    status: 401,
    challenge: 'Bearer realm="example-jwks"',
    body: { error: "unauthorized" },
  });
});

test("there is nothing at any other path, and nobody is asked for a token there", async () => {
  for (const path of ["/", "//", "//me", "/constructor", "/__proto__", "/me/", "/ME", "/%6De"]) {
    const credential = await issuer.token();
    for (const answer of [await get(path), await get(path, credential)]) {
      const expected = { status: 404, challenge: null, body: { error: "not_found" } };
      assert.deepEqual({ path, ...answer }, { path, ...expected });
    }
  }
});

test("a token in the address is not read", async () => {
  assert.equal((await get(`/me?access_token=${await issuer.token()}`)).status, 401);
});

test("a header with more than a token is malformed", async () => {
  assert.deepEqual(await get("/me", "one two"), {
    status: 400,
    challenge: 'Bearer realm="example-jwks", error="invalid_request"',
    body: { error: "invalid_request" },
  });
});

test("a token without the scope is good, but not for this", async () => {
  assert.deepEqual(await get("/profile", await issuer.token({ scope: "openid" })), {
    status: 403,
    challenge: 'Bearer realm="example-jwks", error="insufficient_scope", scope="profile:read"',
    body: { error: "insufficient_scope" },
  });
  const scope = "profile:read";
  assert.equal((await get("/profile", await issuer.token({ scope }))).status, 200);
});

test("while the keys cannot be had, nobody is let in and no token is called bad", async (context) => {
  context.mock.method(console, "error", () => {});
  const verify = accessTokenVerifier({ issuer: await serveNothing(), audience: AUDIENCE });
  const lonely = await listening(createApi(verify));
  try {
    assert.deepEqual(await get("/me", await issuer.token(), lonely), {
      status: 503,
      challenge: null,
      body: { error: "temporarily_unavailable" },
    });
  } finally {
    lonely.close();
  }
});

async function get(path: string, credential?: string, server = api) {
  const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
  const challenge = response.headers.get("www-authenticate");
  return { status: response.status, challenge, body: await response.json() };
}

async function listening(server: Server): Promise<Server> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
