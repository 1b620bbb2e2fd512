import assert from "node:assert/strict";
import { test } from "node:test";
import * as client from "openid-client";
import { deviceTokens } from "./support/device-tokens.ts";
import { discovered } from "./support/discovered.ts";
import { issuer } from "./support/issuer.ts";
import { newPerson, type Person } from "./support/person.ts";
import { EXAMPLE_API, urlOf } from "./support/servers.ts";
import { API, testClients } from "./support/test-clients.ts";

const INVALID_TOKEN = {
  status: 401,
  challenge: 'Bearer realm="example-api", error="invalid_token"',
  body: { error: "invalid_token" },
};

test("who brings nothing is asked for a token, and told no error", async () => {
  assert.deepEqual(await get("/me"), {
    status: 401,
    challenge: 'Bearer realm="example-api"',
    body: { error: "unauthorized" },
  });
});

test("what is no Bearer header, or more than one token, is malformed or nothing", async () => {
  const malformed = await get("/me", "one two");
  assert.deepEqual([malformed.status, malformed.body], [400, { error: "invalid_request" }]);
  assert.equal((await get("/me?access_token=nonsense")).status, 401);
});

test("what is no token is told so", async () => {
  assert.deepEqual(await get("/me", "nonsense"), INVALID_TOKEN);
});

test("a fresh token is let in where it has the scope, and refused as soon as it is revoked", async () => {
  const person = await newPerson();
  const { television, access_token, refresh_token } = await tokensFor(person);
  assert.deepEqual(await get("/me", access_token), {
    status: 200,
    challenge: null,
    body: {
      subject: person.id,
      clientId: testClients.television.id,
      scopes: ["offline_access", "profile:read"],
    },
  });
  assert.deepEqual(await get("/profile", access_token), {
    status: 200,
    challenge: null,
    body: { subject: person.id, roles: ["user"] },
  });

  await client.tokenRevocation(television, refresh_token);

  assert.deepEqual(await get("/profile", access_token), INVALID_TOKEN);
});

test("whoever is signed out everywhere else is out here with the next call", async () => {
  const person = await newPerson();
  const { access_token } = await tokensFor(person);
  assert.equal((await get("/me", access_token)).status, 200);

  await askLatchkey(person, "DELETE", "/api/auth/tokens");

  assert.deepEqual(await get("/me", access_token), INVALID_TOKEN);
});

test("a token without the scope is good, but not for this", async () => {
  const { access_token } = await tokensFor(await newPerson(), "openid");
  assert.equal((await get("/me", access_token)).status, 200);
  assert.deepEqual(await get("/profile", access_token), {
    status: 403,
    challenge: 'Bearer realm="example-api", error="insufficient_scope", scope="profile:read"',
    body: { error: "insufficient_scope" },
  });
});

test("a token for Latchkey itself is not for this API", async () => {
  const person = await newPerson();
  const { tokens } = await deviceTokens(person);
  const forAnother = {
    ...INVALID_TOKEN,
    challenge: `${INVALID_TOKEN.challenge}, error_description="The token is for another audience."`,
  };
  assert.deepEqual(await get("/me", tokens.access_token), forAnother);
  assert.deepEqual(await get("/me", person.accessToken), forAnother);
});

test("a client's own token is let in until it is withdrawn", async () => {
  const api = await discovered(testClients.api);
  const { access_token } = await client.clientCredentialsGrant(api, { resource: API });
  assert.deepEqual((await get("/profile", access_token)).body, {
    subject: `client:${testClients.api.id}`,
    roles: [],
  });

  await client.tokenRevocation(api, access_token);

  assert.deepEqual(await get("/profile", access_token), INVALID_TOKEN);
});

test("an API key is let in where keys are, and refused as soon as it is deleted", async () => {
  const person = await newPerson();
  const { key, id } = await newKey(person, ["profile:read"]);
  assert.deepEqual(await get("/export", key), {
    status: 200,
    challenge: null,
    body: { accountId: person.id, keyId: id },
  });
  assert.deepEqual(await get("/profile", key), INVALID_TOKEN);

  await askLatchkey(person, "DELETE", `/api/user/api-keys/${id}`);

  assert.deepEqual(await get("/export", key), INVALID_TOKEN);
});

test("an API key without the scope is good, but not for this; a token is no key", async () => {
  const person = await newPerson();
  const { key } = await newKey(person, ["profile:write"]);
  assert.equal((await get("/export", key)).status, 403);
  const { access_token } = await tokensFor(person);
  assert.deepEqual(await get("/export", access_token), INVALID_TOKEN);
});

/** What the example answers. It asks Latchkey through its binding, for each call anew. */
async function get(path: string, credential?: string) {
  const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
  const answer = await fetch(urlOf(EXAMPLE_API) + path, { headers });
  const challenge = answer.headers.get("www-authenticate");
  return { status: answer.status, challenge, body: await answer.json() };
}

/** Tokens for the API that the example is. */
async function tokensFor(person: Person, scope = "offline_access profile:read") {
  const { television, tokens } = await deviceTokens(person, { scope, resource: API });
  const { access_token, refresh_token = "" } = tokens;
  return { television, access_token, refresh_token };
}

async function newKey(person: Person, scopes: string[]): Promise<{ key: string; id: string }> {
  const made = await askLatchkey(person, "POST", "/api/user/api-keys", { name: "A key", scopes });
  return ((await made.json()) as { data: { key: string; id: string } }).data;
}

async function askLatchkey(person: Person, method: string, path: string, body?: object) {
  const answer = await fetch(issuer + path, {
    method,
    headers: {
      "content-type": "application/json",
      "cf-connecting-ip": person.address,
      authorization: `Bearer ${person.accessToken}`,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  assert.ok(answer.ok, `${method} ${path} answered ${answer.status}`);
  return answer;
}
