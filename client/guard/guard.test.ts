import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Hono } from "hono";
import type { AuthService, VerifiedKey, VerifiedToken } from "../../src/rpc/auth-service.ts";
import { AUDIENCE, serveIssuer, serveNothing } from "../test-support/issuer.ts";
import { guard } from "./guard.ts";
import type { GuardByKeys } from "./guard-options.ts";

const issuer = await serveIssuer();
const here = { issuer: issuer.url, audience: AUDIENCE };

const app = new Hono();
app.get("/open", guard(here), (http) => http.json(http.var.caller.subject));
app.get("/read", guard({ ...here, scopes: ["openid", "orders:read"] }), (http) =>
  http.text("read"),
);
app.get("/write", guard({ ...here, scopes: ["orders:read", "orders:write"] }), (http) =>
  http.text("written"),
);
app.get(
  "/staff",
  guard({ ...here, scopes: ["orders:read"], roles: ["admin", "superadmin"] }),
  (http) => http.text("in"),
);
app.get("/any-app", guard({ ...here, scopes: [], roles: ["admin"] }), (http) => http.text("in"));
app.get("/named", guard({ ...here, realm: "orders" }), (http) => http.text("in"));

describe("by public keys", () => {
  test("a good token is let in, and the route knows who calls", async () => {
    assert.deepEqual(await get(app, "/open", await issuer.token()), {
      status: 200,
      challenge: null,
      body: "an-account",
    });
  });

  test("who brings nothing is told no error", async () => {
    const nothing = { status: 401, challenge: "Bearer", body: { error: "unauthorized" } };
    assert.deepEqual(await get(app, "/open"), nothing);
    assert.deepEqual(await request(app, "/open", "Basic YTpi"), nothing);
    const challenge = 'Bearer realm="orders"';
    assert.deepEqual(await get(app, "/named"), { ...nothing, challenge });
  });

  test("a token in the address is not read", async () => {
    assert.equal((await get(app, `/open?access_token=${await issuer.token()}`)).status, 401);
  });

  test("a header with more than a token, or with none, is malformed", async () => {
    for (const header of ["Bearer one two", "Bearer ", "bearer", `Bearer ${"a".repeat(8193)}`]) {
      assert.deepEqual(await request(app, "/open", header), {
        status: 400,
        challenge: 'Bearer error="invalid_request"',
        body: { error: "invalid_request" },
      });
    }
  });

  test("a bad token is told so", async () => {
    assert.deepEqual(await get(app, "/open", "nonsense"), {
      status: 401,
      challenge: 'Bearer error="invalid_token"',
      body: { error: "invalid_token" },
    });
  });

  test("a token for another audience, and one that has expired, is told why", async () => {
    const said: readonly [object, string][] = [
      [{ aud: "https://other.example" }, "The token is for another audience."],
      [{ aud: issuer.url, exp: 1 }, "The token is for another audience."],
      [{ exp: 1 }, "The token has expired."],
    ];
    for (const [claims, description] of said) {
      assert.deepEqual(await get(app, "/open", await issuer.token(claims)), {
        status: 401,
        challenge: `Bearer error="invalid_token", error_description="${description}"`,
        body: { error: "invalid_token" },
      });
    }
    const { challenge } = await get(app, "/open", await issuer.token({ scope: null }));
    assert.equal(challenge, 'Bearer error="invalid_token"');
  });

  test("a route that demands scopes demands all of them, and names them", async () => {
    assert.equal((await get(app, "/read", await issuer.token())).status, 200);
    assert.deepEqual(await get(app, "/write", await issuer.token()), {
      status: 403,
      challenge: 'Bearer error="insufficient_scope", scope="orders:read orders:write"',
      body: { error: "insufficient_scope" },
    });
  });

  test("a route that demands roles demands one of them", async () => {
    assert.equal((await get(app, "/staff", await issuer.token({ roles: ["admin"] }))).status, 200);
    assert.deepEqual(await get(app, "/staff", await issuer.token()), {
      status: 403,
      challenge:
        'Bearer error="insufficient_scope", ' +
        'error_description="The account has none of the roles that may do this."',
      body: { error: "insufficient_scope" },
    });
  });

  test("a role is no scope: of an app that was given less, the administrator's token is refused", async () => {
    const token = await issuer.token({ roles: ["admin"], scope: "openid" });
    assert.equal((await get(app, "/staff", token)).status, 403);
    assert.equal((await get(app, "/any-app", token)).status, 200);
  });

  test("while the keys cannot be had, nobody is let in and no token is called bad", async () => {
    const lonely = new Hono();
    const causes: unknown[] = [];
    lonely.onError((error) => {
      causes.push(error.cause);
      return "getResponse" in error ? error.getResponse() : Response.error();
    });
    lonely.get("/", guard({ ...here, issuer: await serveNothing() }), (http) => http.text("in"));
    assert.deepEqual(await get(lonely, "/", await issuer.token()), {
      status: 503,
      challenge: null,
      body: { error: "temporarily_unavailable" },
    });
    assert.match(String(causes), /Expected 200 OK/);
  });

  test("no answer is kept on the way", async () => {
    const { headers } = await app.request("/open");
    assert.equal(headers.get("cache-control"), "no-store");
  });
});

describe("by binding", () => {
  const token: VerifiedToken = {
    subject: "an-account",
    accountId: "an-account",
    clientId: "a-contract",
    sessionId: "a-session",
    tenantId: "a-tenant",
    scopes: null,
    roles: ["user"],
    audience: [AUDIENCE],
    actorId: null,
    issuedAt: 0,
    expiresAt: 0,
  };
  const key: VerifiedKey = {
    keyId: "a-key",
    kind: "api",
    accountId: "an-account",
    tenantId: "a-tenant",
    scopes: ["orders:read"],
    roles: ["user"],
    expiresAt: null,
  };
  const asked: unknown[] = [];
  /** Of another Worker, which test/live runs: here is what it is asked. */
  const binding: AuthService = {
    async verify(credential, options) {
      asked.push(["verify", credential, options]);
      return credential === "good" ? token : null;
    },
    async verifyOffline(credential, options) {
      asked.push(["verifyOffline", credential, options]);
      return credential === "good" ? token : null;
    },
    async verifyKey(credential) {
      asked.push(["verifyKey", credential]);
      return credential === "service" ? { ...key, kind: "service" } : key;
    },
    introspect: () => Promise.reject(new Error("not asked")),
  };
  const ask = { binding, audience: AUDIENCE };
  const bound = new Hono();
  bound.get("/live", guard({ ...ask, scopes: ["orders:read"] }), (http) =>
    http.json(http.var.caller.clientId),
  );
  bound.get("/offline", guard({ ...ask, offline: true }), (http) => http.text("in"));
  bound.get("/key", guard({ binding, credential: "api key", scopes: ["orders:read"] }), (http) =>
    http.json(http.var.caller.keyId),
  );

  test("Latchkey is asked for this audience; a full sign-in is held to no scopes", async () => {
    assert.deepEqual((await get(bound, "/live", "good")).body, "a-contract");
    assert.equal((await get(bound, "/live", "bad")).challenge, 'Bearer error="invalid_token"');
    assert.equal((await get(bound, "/offline", "good")).status, 200);
    assert.deepEqual(asked.splice(0), [
      ["verify", "good", { audience: AUDIENCE }],
      ["verify", "bad", { audience: AUDIENCE }],
      ["verifyOffline", "good", { audience: AUDIENCE }],
    ]);
  });

  test("a route for keys takes those of accounts, and no token", async () => {
    assert.deepEqual((await get(bound, "/key", "api")).body, "a-key");
    assert.equal((await get(bound, "/key", "service")).status, 401);
    assert.deepEqual(asked.splice(0), [
      ["verifyKey", "api"],
      ["verifyKey", "service"],
    ]);
  });

  test("a call that fails lets nobody in", async () => {
    const away = { ...binding, verify: () => Promise.reject(new Error("no")) };
    const lonely = new Hono().get("/", guard({ ...ask, binding: away }), (http) => http.text("in"));
    assert.equal((await get(lonely, "/", "good")).status, 503);
  });
});

test("options that would let in more than they say are refused at once", () => {
  const binding = {} as AuthService;
  const wrong = [
    { ...here, audience: undefined as unknown as string },
    { binding, audience: "" },
    { ...here, scopes: ["orders:read orders:write"] },
    { ...here, scopes: [""] },
    { ...here, roles: [], scopes: [] },
    { ...here, roles: undefined as unknown as string[], scopes: [] },
    { ...here, scopes: undefined as unknown as string[] },
    { binding: undefined as unknown as AuthService, audience: AUDIENCE },
    { binding: undefined as unknown as AuthService, credential: "api key" } as const,
    { ...here, roles: [""], scopes: [] },
    { ...here, roles: ["admin"] },
    { binding, credential: "api key", roles: ["admin"] } as const,
    { ...here, realm: 'orders", error="none' },
  ];
  for (const options of wrong) {
    const making = () => guard(options as GuardByKeys);
    assert.throws(making, TypeError, JSON.stringify(options));
  }
});

const bound = { binding: {} as AuthService, audience: AUDIENCE };
const forKeys = { binding: bound.binding, credential: "api key" } as const;

/** As plain JavaScript has it, where no type forbids any. */
const CONTRADICTIONS: readonly [object, RegExp][] = [
  [{ ...here, ...bound }, /Both are there: name one/],
  [{ ...here, binding: undefined }, /Both are there: name one/],
  [{ audience: AUDIENCE }, /Neither is there: name one/],
  [{ credential: "api key" }, /Neither is there: name one/],
  [{ ...here, tenant: "acme" }, /Leave `tenant` out, or ask a service binding/],
  [{ ...here, credential: "api key" }, /Only a `binding` can tell whether an API key/],
  [{ ...here, offline: true }, /It asks nobody as it is: leave it out/],
  [{ ...bound, tenant: "acme" }, /The `props` of the binding name the tenant/],
  [{ ...forKeys, tenant: "acme" }, /The `props` of the binding name the tenant/],
  [{ ...forKeys, audience: AUDIENCE }, /A key is for no API in particular/],
  [{ ...forKeys, offline: true }, /A key has no signature/],
  [{ ...bound, offline: "false" }, /`offline` of a guard is true or false/],
  [{ ...bound, credential: "api keys" }, /is "access token" or "api key"/],
  [{ ...bound, binding: "AUTH" }, /it is one of `env`, to the entrypoint `Auth`/],
  [{ ...here, scope: ["orders:read"] }, /takes no `scope`. It takes issuer, .*scopes/],
  [{ ...here, role: ["admin"] }, /takes no `role`. It takes /],
  [{ ...here, scopes: [] }, /demands nothing. Name a scope, or leave `scopes` out/],
  [{ ...here, scopes: "orders:read" }, /scopes that a guard demands are not set, or are no list/],
  [{ ...here, scopes: [7] }, /7 cannot be a scope/],
  [{ ...here, scopes: [undefined] }, /undefined cannot be a scope/],
  [{ ...here, scopes: [], roles: "admin" }, /roles that a guard demands .* are no list/],
  [{ ...here, scopes: [], roles: ["admin", "owner"] }, /Nobody has the role "owner": name user, /],
];

for (const [options, advice] of CONTRADICTIONS) {
  test(`options that contradict each other, or let nobody in, are refused: ${advice.source}`, () => {
    const expected = { name: "TypeError", message: advice };
    assert.throws(() => guard(options as GuardByKeys), expected);
  });
}

test("an audience, a tenant and a binding that are good are taken", () => {
  const id = "00000000-0000-7000-8000-000000000000";
  const good = [{ ...here, tenant: id }, { ...bound, offline: false }, forKeys];
  for (const options of [...good, { ...bound, credential: "access token" }]) {
    assert.equal(typeof guard(options as GuardByKeys), "function");
  }
});

function get(from: Hono, path: string, credential?: string) {
  return request(from, path, credential === undefined ? undefined : `Bearer ${credential}`);
}

async function request(from: Hono, path: string, authorization?: string) {
  const headers = new Headers(authorization === undefined ? {} : { authorization });
  const response = await from.request(path, { headers });
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const challenge = response.headers.get("www-authenticate");
  return { status: response.status, challenge, body: isJson ? JSON.parse(text) : text };
}
