import { beforeAll, describe, expect, it } from "vitest";
import { BACKEND, basic, DEVICE_CODE_GRANT } from "../support/oauth.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { seeded } from "../support/seeded.ts";
import { startService } from "../support/service.ts";
import { MARK, type Sent, sendRaw } from "../surfaces/raw.ts";
import { expectRegistered } from "./registered-errors.ts";

const SEED = 20_261_121;
const BODIES = 500;
const service = startService();
const random = seeded(SEED);

const PATHS = [
  "/oauth/token",
  "/oauth/token",
  "/oauth/token",
  "/oauth/device_authorization",
  "/oauth/revoke",
  "/oauth/introspect",
];
const TYPES = [
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded",
  "application/x-www-form-urlencoded; charset=latin1",
  "application/json",
  "application/json",
  "text/plain",
  "multipart/form-data; boundary=x",
];
const NAMES = [
  ...["grant_type", "grant_type", "client_id", "client_id", "client_secret", "scope", "resource"],
  ...["code", "redirect_uri", "code_verifier", "refresh_token", "device_code", "token"],
  ...["token_type_hint", "code_challenge", "code_challenge_method", "client_assertion", "x"],
  ...["__proto__", "constructor", "toString", "", MARK],
];
const VALUES = [
  ...["authorization_code", "refresh_token", "client_credentials", DEVICE_CODE_GRANT, "password"],
  ...["test-spa", "test-backend", "test-oauth-tv", TEST_SECRET, "openid profile", "S256", "plain"],
  ...["https://api.example.test", "http://127.0.0.1:1/callback", "lk_rt_AAAA", "a.b.c", "1|x"],
  ...["", " ", MARK, "\u0000", "\ud800", "\u202e", "%00", "%zz", "a\r\nset-cookie: a=b", "../.."],
  ...["' OR 1=1 --", "ﷺ".repeat(300), "A".repeat(9000)],
];
const AUTHORIZATIONS = [
  ...[null, null, null, basic(BACKEND.basic), basic(["test-backend", MARK]), basic([MARK, ""])],
  ...["Basic", "Basic ====", `Basic ${btoa("\xff:\xff")}`, `Bearer ${MARK}`, "x", "Basic Og=="],
];

beforeAll(registerOAuthClients);

describe(`TOK-03 ${BODIES} bodies of every kind (seed ${SEED})`, () => {
  it("are answered, or refused in OAuth's form with nothing of them in it", async () => {
    const refused = [];
    for (let number = 0; number < BODIES; number++) {
      const authorization = any(AUTHORIZATIONS);
      const answer = await sendRaw(service, {
        method: "POST",
        path: any(PATHS),
        contentType: any(TYPES),
        body: anyBody(),
        headers: authorization === null ? {} : { authorization },
      });
      if (answer.status !== 200) {
        expectRegistered(answer);
        refused.push(answer.body);
      }
    }
    // They come past the first check, and differ in where they fail.
    expect(new Set(refused.map((body) => JSON.stringify(body))).size).toBeGreaterThan(15);
  });
});

function anyBody(): Sent {
  const pairs = Array.from({ length: Math.floor(random() * 6) }, () => [any(NAMES), anyValue()]);
  return any([
    () => formOf(pairs),
    () => formOf(pairs),
    () => damaged(formOf(pairs)),
    () => JSON.stringify(Object.fromEntries(pairs)),
    () => JSON.stringify(Object.fromEntries(pairs)),
    () => damaged(JSON.stringify(Object.fromEntries(pairs))),
    () => Uint8Array.from({ length: 40 }, () => Math.floor(random() * 256)),
  ])();
}

const formOf = (pairs: readonly (readonly unknown[])[]) =>
  pairs.map((pair) => pair.map((part) => encoded(String(part))).join("=")).join("&");

/** A lone surrogate has no form: it stays a mark that a form cannot decode. */
function encoded(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : "%ed%a0%80";
}

function anyValue(): unknown {
  return random() < 0.9 ? any(VALUES) : any([1, null, true, [], {}, ["x", 1], { a: MARK }]);
}

function damaged(text: string): string {
  const start = Math.floor(random() * text.length);
  return text.slice(0, start) + any(["", "%", "&", "{", "\\", "="]) + text.slice(start + 1);
}

function any<T>(choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
