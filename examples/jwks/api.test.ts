import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { createApi } from "./api.ts";
import { accessTokenVerifier } from "./verify-access-token.ts";

const AUDIENCE = "https://api.example.test";
const TENANT = "00000000-0000-7000-8000-000000000000";
const KID = "key-1";

const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: "ES256", use: "sig" };
const keyServer = createServer((request, response) => {
  const isKeys = request.url === "/.well-known/jwks.json";
  response.writeHead(isKeys ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(isKeys ? { keys: [jwk] } : {}));
});
let issuer = "";
let api: Server;

before(async () => {
  issuer = await listen(keyServer);
  api = createApi(accessTokenVerifier({ issuer, audience: AUDIENCE, tenant: TENANT }));
  await listen(api);
});

after(() => {
  api.close();
  keyServer.close();
});

test("a good token is let in, and told who it is", async () => {
  assert.deepEqual(await get("/me", await token({})), {
    status: 200,
    challenge: null,
    body: { subject: "an-account", clientId: "a-client", scopes: ["openid", "profile:read"] },
  });
});

test("one of several audiences will do", async () => {
  const { status } = await get(
    "/me",
    await token({ aud: ["https://other.example.test", AUDIENCE] }),
  );
  assert.equal(status, 200);
});

describe("a token is no good", () => {
  const now = Math.floor(Date.now() / 1000);
  const bad: Readonly<Record<string, () => Promise<string> | string>> = {
    "that has expired": () => token({ exp: now - 1 }),
    "without an end": () => token({ exp: null }),
    "that is not good yet": () => token({ nbf: now + 60 }),
    "for another audience": () => token({ aud: "https://other.example.test" }),
    "for the issuer itself": () => token({ aud: issuer }),
    "of another issuer": () => token({ iss: "https://elsewhere.example.test" }),
    "of another tenant": () => token({ tenant: "11111111-1111-7111-8111-111111111111" }),
    "of no tenant": () => token({ tenant: null }),
    "that is an ID token": () => token({}, { typ: "JWT" }),
    "that does not say its type": () => token({}, { typ: null }),
    "of a key that is not ours": async () => {
      const { privateKey: other } = await generateKeyPair("ES256");
      return token({}, {}, other);
    },
    "of a key that nobody has": () => token({}, { kid: "key-2" }),
    "that demands what we do not know": () => critical(),
    "that has no signature (alg none)": () => unsigned(),
    "whose signature was cut off": async () => (await token({})).replace(/[^.]+$/, ""),
    "that is signed with the public key as a secret (HS256)": async () =>
      token({}, { alg: "HS256" }, new TextEncoder().encode(await exportSPKI(publicKey))),
    "that is no token": () => "nonsense",
  };
  for (const [what, make] of Object.entries(bad)) {
    test(what, async () => {
      assert.deepEqual(await get("/me", await make()), {
        status: 401,
        challenge: 'Bearer realm="example-jwks", error="invalid_token"',
        body: { error: "invalid_token" },
      });
    });
  }
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
    const credential = await token({});
    for (const answer of [await get(path), await get(path, credential)]) {
      const expected = { status: 404, challenge: null, body: { error: "not_found" } };
      assert.deepEqual({ path, ...answer }, { path, ...expected });
    }
  }
});

test("a token in the address is not read", async () => {
  assert.equal((await get(`/me?access_token=${await token({})}`)).status, 401);
});

test("a header with more than a token is malformed", async () => {
  assert.deepEqual(await get("/me", "one two"), {
    status: 400,
    challenge: 'Bearer realm="example-jwks", error="invalid_request"',
    body: { error: "invalid_request" },
  });
});

test("a token without the scope is good, but not for this", async () => {
  assert.deepEqual(await get("/profile", await token({ scope: "openid" })), {
    status: 403,
    challenge: 'Bearer realm="example-jwks", error="insufficient_scope", scope="profile:read"',
    body: { error: "insufficient_scope" },
  });
  assert.equal((await get("/profile", await token({}))).status, 200);
});

test("while the keys cannot be had, nobody is let in and no token is called bad", async (context) => {
  context.mock.method(console, "error", () => {});
  const broken = createServer((_, response) => response.writeHead(500).end());
  const lonely = createApi(
    accessTokenVerifier({ issuer: await listen(broken), audience: AUDIENCE, tenant: TENANT }),
  );
  await listen(lonely);
  try {
    assert.deepEqual(await get("/me", await token({}), lonely), {
      status: 503,
      challenge: null,
      body: { error: "temporarily_unavailable" },
    });
  } finally {
    lonely.close();
    broken.close();
  }
});

interface Header {
  alg?: string;
  /** Null leaves it out. */
  typ?: string | null;
  kid?: string;
}

/** Null leaves a claim out. */
type Claims = { [Claim in keyof JWTPayload]?: JWTPayload[Claim] | null };

/** A token as Latchkey makes it, but for what is named. */
function token(
  claims: Claims,
  header: Header = {},
  key: typeof privateKey | Uint8Array = privateKey,
): Promise<string> {
  return new SignJWT(allClaims(claims))
    .setProtectedHeader(withoutNulls({ alg: "ES256", typ: "at+jwt", kid: KID, ...header }))
    .sign(key);
}

function allClaims(claims: Claims): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  return withoutNulls({
    iss: issuer,
    aud: AUDIENCE,
    sub: "an-account",
    client_id: "a-client",
    tenant: TENANT,
    scope: "openid profile:read",
    jti: crypto.randomUUID(),
    iat: now - 60,
    exp: now + 900,
    ...claims,
  });
}

function critical(): Promise<string> {
  const header = { alg: "ES256", typ: "at+jwt", kid: KID, crit: ["urn:new"], "urn:new": true };
  return new SignJWT(allClaims({}))
    .setProtectedHeader(header)
    .sign(privateKey, { crit: { "urn:new": true } });
}

function unsigned(): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return `${part({ alg: "none", typ: "at+jwt", kid: KID })}.${part(allClaims({}))}.`;
}

function withoutNulls<T extends object>(
  values: T,
): { [Name in keyof T]: Exclude<T[Name], null | undefined> } {
  return JSON.parse(JSON.stringify(values, (_, value) => value ?? undefined));
}

async function get(path: string, credential?: string, server = api) {
  const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
  const response = await fetch(urlOf(server) + path, { headers });
  const challenge = response.headers.get("www-authenticate");
  return { status: response.status, challenge, body: await response.json() };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return urlOf(server);
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
