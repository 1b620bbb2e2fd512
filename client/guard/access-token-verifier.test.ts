import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { exportSPKI, generateKeyPair } from "jose";
import { AUDIENCE, serveIssuer, serveNothing, TENANT } from "../test-support/issuer.ts";
import { accessTokenVerifier } from "./access-token-verifier.ts";

const issuer = await serveIssuer();
const here = { issuer: issuer.url, audience: AUDIENCE };
const verify = accessTokenVerifier(here);

test("a good token says all that it holds", async () => {
  const now = Math.floor(Date.now() / 1000);
  const token = await issuer.token({ iat: now, exp: now + 900, act: { sub: "an-administrator" } });
  assert.deepEqual(await verify(token), {
    subject: "an-account",
    accountId: "an-account",
    clientId: "a-client",
    sessionId: "a-session",
    tenantId: TENANT,
    scopes: ["openid", "orders:read"],
    roles: ["user"],
    audience: [AUDIENCE],
    actorId: "an-administrator",
    issuedAt: now,
    expiresAt: now + 900,
  });
});

test("a client that acts for itself has no account, session or role", async () => {
  const own = { sub: "client:a-client", sid: null, roles: null, scope: "" };
  const caller = await verify(await issuer.token(own));
  assert.deepEqual(
    [caller?.subject, caller?.accountId, caller?.sessionId, caller?.roles, caller?.scopes],
    ["client:a-client", null, null, [], []],
  );
});

test("one of several audiences will do", async () => {
  assert.ok(await verify(await issuer.token({ aud: ["https://other.example", AUDIENCE] })));
});

describe("a token is no good", () => {
  const now = Math.floor(Date.now() / 1000);
  const bad: Readonly<Record<string, () => Promise<string> | string>> = {
    "that has expired": () => issuer.token({ exp: now - 1 }),
    "without an end": () => issuer.token({ exp: null }),
    "that is not good yet": () => issuer.token({ nbf: now + 3600 }),
    "for another audience": () => issuer.token({ aud: "https://other.example" }),
    "for the issuer itself": () => issuer.token({ aud: issuer.url }),
    "of another issuer": () => issuer.token({ iss: "https://elsewhere.example" }),
    "of another tenant": () => issuer.token({ tenant: "11111111-1111-7111-8111-111111111111" }),
    "of no tenant": () => issuer.token({ tenant: null }),
    "of a contract, which names no scope": () => issuer.token({ scope: null }),
    "that is an ID token": () => issuer.token({}, { typ: "JWT" }),
    "that does not say its type": () => issuer.token({}, { typ: null }),
    "of a key that is not the issuer's": async () => {
      const { privateKey: other } = await generateKeyPair("ES256");
      return issuer.token({}, {}, other);
    },
    "of a key that nobody has": () => issuer.token({}, { kid: "key-2" }),
    "that demands what nobody knows": () => issuer.criticalToken(),
    "of a published key for another algorithm": () => issuer.tokenByAnotherAlgorithm(),
    "that has no signature (alg none)": () => issuer.unsignedToken(),
    "whose signature was cut off": async () => (await issuer.token()).replace(/[^.]+$/, ""),
    "that is signed with the public key as a secret (HS256)": async () => {
      const secret = new TextEncoder().encode(await exportSPKI(issuer.publicKey));
      return issuer.token({}, { alg: "HS256" }, secret);
    },
    "that is no token": () => "nonsense",
  };
  for (const [what, make] of Object.entries(bad)) {
    test(what, async () => {
      assert.equal(await verify(await make()), null);
    });
  }
});

test("the keys of an issuer are fetched once, however many verify with them", async () => {
  const own = await serveIssuer();
  const expected = { issuer: own.url, audience: AUDIENCE };
  for (const each of [accessTokenVerifier(expected), accessTokenVerifier(expected)]) {
    assert.ok(await each(await own.token()));
  }
  assert.equal(own.fetches(), 1);
});

test("while the keys cannot be had, nothing is said of a token", async () => {
  const lonely = accessTokenVerifier({ issuer: await serveNothing(), audience: AUDIENCE });
  await assert.rejects(lonely(await issuer.token()));
});

test("keys are not fetched where somebody on the way could put theirs instead", () => {
  for (const url of ["http://login.example", "nonsense", "file:///keys"]) {
    assert.throws(() => accessTokenVerifier({ issuer: url, audience: AUDIENCE }), TypeError);
  }
});

test("an audience that was never set is refused", () => {
  for (const audience of [undefined, ""]) {
    const options = { issuer: issuer.url, audience } as { issuer: string; audience: string };
    assert.throws(() => accessTokenVerifier(options), TypeError);
  }
});

test("a tenant that was never set is not the default one", () => {
  for (const tenant of [undefined, ""]) {
    const options = { ...here, tenant } as typeof here & { tenant: string };
    assert.throws(() => accessTokenVerifier(options), TypeError);
  }
});

test("a tenant of which no token could ever be good is refused, with what to do", async () => {
  for (const tenant of ["11111111-1111-7111-8111-111111111111", "acme", TENANT.slice(1)]) {
    assert.throws(() => accessTokenVerifier({ ...here, tenant }), {
      name: "TypeError",
      message: /OAuth is served for the default tenant alone. Leave `tenant` out, or ask a service/,
    });
  }
  assert.ok(await accessTokenVerifier({ ...here, tenant: TENANT })(await issuer.token()));
});

test("an audience that no client could be registered for is refused", () => {
  for (const audience of ["orders", "orders.example", "https://orders.example#x", "javascript:1"]) {
    assert.throws(() => accessTokenVerifier({ ...here, audience }), {
      name: "TypeError",
      message: /^No token is for ".*such as https:\/\/orders.example$/,
    });
  }
  assert.ok(accessTokenVerifier({ ...here, audience: "urn:example:orders" }));
});
