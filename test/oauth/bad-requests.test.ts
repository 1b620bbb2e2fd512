import { beforeAll, describe, expect, it } from "vitest";
import { BACKEND, basic, DEVICE_CODE_GRANT } from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";
import { MARK, type Sent, sendRaw } from "../surfaces/raw.ts";
import { expectRegistered } from "./registered-errors.ts";

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";
const TOKEN = "/oauth/token";
const DEVICE = "/oauth/device_authorization";
const REVOKE = "/oauth/revoke";
const INTROSPECT = "/oauth/introspect";
const service = startService();
const backend = { authorization: basic(BACKEND.basic) };
const spa = "client_id=test-spa";
const code = `grant_type=authorization_code&${spa}`;
/** Nothing is wrong with how this asks. */
const aCode = `${code}&code=x`;
const device = `grant_type=${DEVICE_CODE_GRANT}&client_id=test-oauth-tv`;

interface Case {
  path?: string;
  method?: string;
  type?: string | null;
  body?: Sent | null;
  headers?: Record<string, string>;
}
type Row = [what: string, status: number, error: string, request: Case];

const bytes = (text: string, ...more: number[]) =>
  Uint8Array.from([...new TextEncoder().encode(text), ...more]);
const json = (value: unknown): Case => ({ type: JSON_TYPE, body: JSON.stringify(value) });
const stream = (text: string) => new Blob([text]).stream();

// biome-ignore format: it reads as a table
const ASKED_WRONGLY: readonly Row[] = [
  ["GET", 405, "invalid_request", { method: "GET" }],
  ["PUT", 405, "invalid_request", { method: "PUT", body: code }],
  ["DELETE", 405, "invalid_request", { method: "DELETE" }],
  ["GET of revocation", 405, "invalid_request", { method: "GET", path: REVOKE }],
  ["GET of introspection", 405, "invalid_request", { method: "GET", path: INTROSPECT }],
  ["a path under it", 404, "invalid_request", { path: `${TOKEN}/x`, body: code }],
  ["a path of nothing", 404, "invalid_request", { path: "/oauth/nothing", body: code }],
  ["GET by a browser", 405, "invalid_request", { method: "GET", headers: { accept: "text/html" } }],
  ["a secret in the query", 400, "invalid_request", { path: `${TOKEN}?client_secret=${MARK}`, body: aCode }],
  ["a secret in the query in capitals", 400, "invalid_request", { path: `${TOKEN}?CLIENT_SECRET=x`, body: aCode }],
  ["a secret in the query, escaped", 400, "invalid_request", { path: `${TOKEN}?client%5Fsecret=x`, body: aCode }],
  ["an empty secret in the query", 400, "invalid_request", { path: `${TOKEN}?client_secret`, body: aCode }],
  ["a code in the query", 400, "invalid_request", { path: `${TOKEN}?code=x`, body: aCode }],
  ["a verifier in the query", 400, "invalid_request", { path: `${TOKEN}?code_verifier=x`, body: aCode }],
  ["a refresh token in the query", 400, "invalid_request", { path: `${TOKEN}?refresh_token=x`, body: aCode }],
  ["an access token in the query", 400, "invalid_request", { path: `${TOKEN}?access_token=x`, body: aCode }],
  ["a device code in the query", 400, "invalid_request", { path: `${TOKEN}?a=b&device_code=x`, body: `${device}&device_code=x` }],
  ["a password in the query", 400, "invalid_request", { path: `${TOKEN}?password=x`, body: aCode }],
  ["an assertion in the query", 400, "invalid_request", { path: `${TOKEN}?client_assertion=x`, body: aCode }],
  ["a token in the query", 400, "invalid_request", { path: `${REVOKE}?token=x`, body: `${spa}&token=x` }],
  ["a token in the query of introspection", 400, "invalid_request", { path: `${INTROSPECT}?token=x`, body: "token=x", headers: backend }],
  ["a secret in the query of a device", 400, "invalid_request", { path: `${DEVICE}?client_secret=x`, body: spa }],
  ["parameters in the query alone", 400, "invalid_request", { path: `${TOKEN}?grant_type=refresh_token&${spa}` }],
];

// biome-ignore format: it reads as a table
const UNREADABLE: readonly Row[] = [
  ["nothing", 400, "invalid_request", { type: null, body: null }],
  ["an empty form", 400, "invalid_request", { body: "" }],
  ["a form without its name", 400, "invalid_request", { type: null, body: bytes(code) }],
  ["text", 400, "invalid_request", { type: "text/plain", body: code }],
  ["multipart", 400, "invalid_request", { type: null, body: new FormData() }],
  ["XML", 400, "invalid_request", { type: "application/xml", body: "<a/>" }],
  ["a content type that is none", 400, "invalid_request", { type: MARK, body: code }],
  ["70 KB", 413, "invalid_request", { body: `${code}&x=${"x".repeat(70_000)}` }],
  ["70 KB that come in parts", 413, "invalid_request", { body: stream("x".repeat(70_000)) }],
  ["1 MB", 413, "invalid_request", { body: "x".repeat(1_000_000) }],
  ["1 MB to revoke", 413, "invalid_request", { path: REVOKE, body: "x".repeat(1_000_000) }],
  ["no UTF-8", 400, "invalid_request", { body: bytes(`${code}&code=`, 0xff, 0xfe) }],
  ["an escape that is no UTF-8", 400, "invalid_request", { body: `${code}&code=%ff` }],
  ["a lone surrogate, escaped", 400, "invalid_request", { body: `${code}&code=%ed%a0%80` }],
  ["a broken escape", 400, "invalid_request", { body: `${code}&code=%zz` }],
  ["a broken escape in a name", 400, "invalid_request", { body: `${code}&%=x` }],
  ["a NUL", 400, "invalid_request", { body: `${code}&code=a%00b` }],
  ["a line break", 400, "invalid_request", { body: `${code}&code=a%0d%0ab` }],
  // JSON.
  ["no JSON", 400, "invalid_request", { type: JSON_TYPE, body: "{" }],
  ["no body that calls itself JSON", 400, "invalid_request", { type: JSON_TYPE, body: "" }],
  ["JSON that is no UTF-8", 400, "invalid_request", { type: JSON_TYPE, body: bytes('{"a":"', 0xff, 0x22, 0x7d) }],
  ["a list", 400, "invalid_request", json([])],
  ["null", 400, "invalid_request", json(null)],
  ["a text", 400, "invalid_request", json(MARK)],
  ["a number for a text", 400, "invalid_request", json({ grant_type: 1 })],
  ["a list for a text", 400, "invalid_request", json({ grant_type: ["refresh_token"] })],
  ["an object for a text", 400, "invalid_request", json({ grant_type: { toString: MARK } })],
  ["null for a text", 400, "invalid_request", json({ grant_type: null })],
  ["a lone surrogate in JSON", 400, "invalid_request", json({ grant_type: "refresh_token", refresh_token: "x", client_id: "\ud800" })],
  ["a NUL in JSON", 400, "invalid_request", json({ grant_type: "\u0000" })],
  ["a number among the resources", 400, "invalid_request", json({ grant_type: "refresh_token", client_id: "test-spa", refresh_token: "x", resource: [1] })],
  ["names of every object", 400, "invalid_request", { type: JSON_TYPE, body: '{"__proto__":{"grant_type":"refresh_token"},"constructor":1}' }],
  ["JSON to revoke", 400, "invalid_request", { path: REVOKE, ...json({ token: "x", client_id: "test-spa" }) }],
];

// biome-ignore format: it reads as a table
const NOT_SERVED: readonly Row[] = [
  ["the password grant", 400, "unsupported_grant_type", { body: `grant_type=password&${spa}&username=a&password=b` }],
  ["the implicit grant", 400, "unsupported_grant_type", { body: `grant_type=implicit&${spa}` }],
  ["token exchange", 400, "unsupported_grant_type", { body: `grant_type=urn:ietf:params:oauth:grant-type:token-exchange&${spa}` }],
  ["an assertion", 400, "unsupported_grant_type", { body: `grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&${spa}&assertion=x` }],
  ["a marked grant", 400, "unsupported_grant_type", { body: `grant_type=${MARK}&${spa}` }],
  ["a grant of every object", 400, "unsupported_grant_type", { body: `grant_type=__proto__&${spa}` }],
  ["a grant in capitals", 400, "unsupported_grant_type", { body: `grant_type=Refresh_Token&${spa}` }],
];

// biome-ignore format: it reads as a table
const REFUSED: readonly Row[] = [
  ["no grant type", 400, "invalid_request", { body: spa }],
  ["an empty grant type", 400, "invalid_request", { body: `grant_type=&${spa}` }],
  ["a grant type twice", 400, "invalid_request", { body: `${code}&grant_type=authorization_code` }],
  ["a parameter twice that nobody knows", 400, "invalid_request", { body: `${code}&x=1&x=2` }],
  ["a parameter twice, once empty", 400, "invalid_request", { body: `${code}&code=&code=x` }],
  ["a code twice", 400, "invalid_request", { body: `${code}&code=x&code=x` }],
  ["a scope twice", 400, "invalid_request", { body: `grant_type=client_credentials&scope=a&scope=b`, headers: backend }],
  ["a code twice in JSON", 400, "invalid_request", { type: JSON_TYPE, body: '{"grant_type":"authorization_code","client_id":"test-spa","code":"x","code":"x"}' }],
  ["a grant type twice in JSON, once escaped", 400, "invalid_request", { type: JSON_TYPE, body: '{"grant_type":"password","client_id":"test-spa","grant\\u005ftype":"client_credentials"}' }],
  ["a very long grant", 400, "invalid_request", { body: `grant_type=${"x".repeat(5000)}&${spa}` }],
  ["no client", 400, "invalid_request", { body: "grant_type=refresh_token&refresh_token=x" }],
  ["a client that nobody knows", 401, "invalid_client", { body: `grant_type=refresh_token&refresh_token=x&client_id=${MARK}` }],
  ["a very long client", 400, "invalid_request", { body: `grant_type=refresh_token&refresh_token=x&client_id=${"x".repeat(5000)}` }],
  ["a wrong secret", 401, "invalid_client", { body: `grant_type=client_credentials&client_id=test-backend&client_secret=${MARK}` }],
  ["Bearer", 401, "invalid_client", { body: code, headers: { authorization: `Bearer ${MARK}` } }],
  ["two ways to authenticate", 400, "invalid_request", { body: `grant_type=client_credentials&client_secret=${TEST_SECRET}`, headers: backend }],
  ["no code", 400, "invalid_request", { body: code }],
  ["a code that is none", 400, "invalid_grant", { body: `${code}&code=${MARK}` }],
  ["no device code", 400, "invalid_request", { body: device }],
  ["a user code for a device code", 400, "invalid_grant", { body: `${device}&device_code=BCDF-GHJK` }],
  ["a very long device code", 400, "invalid_request", { body: `${device}&device_code=${"x".repeat(16_385)}` }],
  ["an idempotency key that is none", 400, "invalid_request", { body: `${device}&device_code=x`, headers: { "idempotency-key": "a b" } }],
  ["a scope that there is not", 400, "invalid_scope", { body: `grant_type=client_credentials&scope=${MARK}`, headers: backend }],
  ["a resource that there is not", 400, "invalid_target", { body: `grant_type=client_credentials&resource=${MARK}`, headers: backend }],
  ["many resources", 400, "invalid_request", { body: `grant_type=client_credentials${"&resource=x".repeat(21)}`, headers: backend }],
  ["a token of nobody to introspect", 401, "invalid_client", { path: INTROSPECT, body: "token=x" }],
];

beforeAll(registerOAuthClients);

async function expectRefused(status: number, error: string, request: Case): Promise<void> {
  const { path = TOKEN, method = "POST", type = FORM, body = null, headers = {} } = request;

  const answer = await sendRaw(service, {
    method,
    path,
    headers,
    body,
    contentType: body instanceof FormData ? null : type,
  });

  expectRegistered(answer);
  expect({ status: answer.status, error: (answer.body as { error: string }).error }).toEqual({
    status,
    error,
  });
}

describe("TOK-02: a bad request is refused as JSON that nobody keeps, and echoes nothing", () => {
  it.each([...UNREADABLE, ...REFUSED])("%s", (_, ...row) => expectRefused(...row));

  it.each(ASKED_WRONGLY)(
    "TOK-01: only a POST is taken, without a credential in its query: %s",
    (_, ...row) => expectRefused(...row),
  );

  it.each(NOT_SERVED)("TOK-06: there is no such grant: %s", (_, ...row) => expectRefused(...row));

  it("is one of more than sixty", () => {
    const all = [ASKED_WRONGLY, UNREADABLE, NOT_SERVED, REFUSED].flat();
    expect(all.length).toBeGreaterThan(60);
  });
});

describe("what is no mistake", () => {
  it.each<[string, Case]>([
    ["a form that says its charset", { type: `${FORM}; charset=UTF-8` }],
    ["a form in capitals", { type: FORM.toUpperCase() }],
    [
      "parameters that nobody knows",
      { body: "grant_type=client_credentials&foo=1&__proto__=2&constructor=3&=&a" },
    ],
    ["empty parameters", { body: "&grant_type=client_credentials&scope=&resource=&client_id=&&" }],
    ["a query that holds no credential", { path: `${TOKEN}?utm=1&x=%zz` }],
    [
      "JSON that says its charset",
      { ...json({ grant_type: "client_credentials" }), type: "application/json; charset=utf-8" },
    ],
    [
      "JSON with a byte order mark",
      { type: JSON_TYPE, body: '\ufeff{"grant_type":"client_credentials"}' },
    ],
    [
      "JSON with members of every kind",
      json({ grant_type: "client_credentials", a: 1, b: [], c: null }),
    ],
  ])("%s", async (_, { path = TOKEN, type = FORM, body }) => {
    const answer = await sendRaw(service, {
      method: "POST",
      path,
      contentType: type,
      body: body ?? "grant_type=client_credentials",
      headers: backend,
    });

    expect(answer.status).toBe(200);
  });
});
