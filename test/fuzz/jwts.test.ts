import fc from "fast-check";
import { decodeJwt, type JWTPayload } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import type { Context } from "../../src/core/ports.ts";
import { fromBase64url, toBase64url } from "../../src/crypto/base64url.ts";
import { contextFor } from "../support/oauth.ts";
import { alterations, altered } from "./altered.ts";
import { type Cast, newCast } from "./cast.ts";
import { runCases } from "./run-cases.ts";
import { hostileText, unfold } from "./texts.ts";

const CASES = 600;
/** The order of P-256's group. SEC 2, §2.4.2. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

let cast: Cast;
let context: Context;
let token: string;
let claims: JWTPayload;
let key: { kid: string; privateKey: CryptoKey };

beforeAll(async () => {
  cast = await newCast();
  context = contextFor(cast.office);
  token = cast.known["oauthToken"] ?? "";
  claims = decodeJwt(token);
  key = (await cast.office.signingKeys.current()) as typeof key;
});

/** A value that a claim or a header is not meant to have. */
const anything = fc.oneof(
  { weight: 3, arbitrary: hostileText.map((text) => unfold(text, {})) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, 2 ** 53, "1", [], {}, [null], "none"),
  },
  { weight: 1, arbitrary: fc.jsonValue() },
);

function some(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .array(fc.tuple(fc.constantFrom(...names), anything), { maxLength: 3 })
    .map((pairs) => Object.fromEntries(pairs));
}

const HEADERS = [
  "alg",
  "typ",
  "kid",
  "crit",
  "b64",
  "jwk",
  "jku",
  "x5c",
  "zip",
  "cty",
  "enc",
  "p2c",
];
const CLAIMS = [
  ...[
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "sid",
    "client_id",
    "scope",
    "tenant",
    "roles",
  ],
  ...["act", "auth_time", "nonce", "__proto__"],
];
/** JSON that goes deep, or is none. */
const BROKEN = [
  "[".repeat(1500),
  '{"a":'.repeat(300),
  "{",
  "",
  "null",
  "[]",
  '"x"',
  "1e999",
  "\u0000",
];

describe("JWT-05: a token", () => {
  it("of ours that says something else than we would is read as none, or as one in good order", async (test) => {
    const said = fc.record({
      header: fc.oneof(
        { weight: 2, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: some(HEADERS) },
      ),
      payload: fc.oneof(
        { weight: 5, arbitrary: some(CLAIMS) },
        { weight: 1, arbitrary: fc.constantFrom(...BROKEN) },
      ),
    });
    let taken = 0;

    await runCases(test, CASES, said, async ({ header, payload }) => {
      const head = { alg: "ES256", typ: "at+jwt", kid: key.kid, ...header };
      const body =
        typeof payload === "string" ? payload : JSON.stringify({ ...claims, ...payload });
      const jwt = await signed(JSON.stringify(head), body);
      const content = await context.accessTokens.read(jwt, "any audience");
      await context.accessTokens.readIdToken(jwt, "test-spa");
      if (content) {
        taken += 1;
        const { issuedAt: _, expiresAt: __, audience, roles, ...said } = content;
        const { sessionId, scope, actorId, ...texts } = said;
        expect(Object.values(texts).every((text) => typeof text === "string")).toBe(true);
        expect([...audience, ...roles].every((one) => typeof one === "string")).toBe(true);
        expect([null, "", "string"]).toContain(actorId && typeof actorId);
        expect([null, "string"]).toContain(sessionId && typeof sessionId);
        expect([null, "", "string"]).toContain(scope && typeof scope);
      }
    });

    expect(taken).toBeGreaterThan(CASES / 20);
  });

  it("that nobody signed is read as none, whatever it is made of", async (test) => {
    const part = fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...BROKEN).map(encoded) },
      {
        weight: 2,
        arbitrary: some(HEADERS).map((header) => encoded(JSON.stringify({ kid: "x", ...header }))),
      },
      { weight: 1, arbitrary: hostileText.map((text) => unfold(text, {})) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 80 }).map(toBase64url) },
    );
    const texts = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(part, part, part).map((parts) => parts.join(".")) },
      { weight: 1, arbitrary: fc.array(part, { maxLength: 6 }).map((parts) => parts.join(".")) },
    );

    await runCases(test, CASES, texts, async (text) => {
      expect(await context.accessTokens.read(text, "any audience")).toBeNull();
      expect(await context.accessTokens.readIdToken(text, "test-spa")).toBeNull();
    });
  });

  it("has one spelling, but for the twin of its signature that ECDSA knows: it stands for the same", async (test) => {
    const [head = "", payload = "", signature = ""] = token.split(".");
    const bytes = fromBase64url(signature) ?? new Uint8Array();
    const s = ORDER - BigInt(`0x${bytes.slice(32).toHex()}`);
    const twin = Uint8Array.from([
      ...bytes.slice(0, 32),
      ...Uint8Array.fromHex(s.toString(16).padStart(64, "0")),
    ]);
    const original = await context.accessTokens.read(token);

    expect(original).not.toBeNull();
    // Nothing is kept, ended or counted by how a token is spelled: both end with their session.
    expect(await context.accessTokens.read(`${head}.${payload}.${toBase64url(twin)}`)).toEqual(
      original,
    );
    await runCases(test, CASES, alterations, async (alteration) => {
      const other = altered(signature, alteration);
      if (other !== signature) {
        expect(await context.accessTokens.read(`${head}.${payload}.${other}`)).toBeNull();
      }
    });
  });
});

function encoded(text: string): string {
  return toBase64url(new TextEncoder().encode(text));
}

async function signed(header: string, payload: string): Promise<string> {
  const text = `${encoded(header)}.${encoded(payload)}`;
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    key.privateKey,
    new TextEncoder().encode(text),
  );
  return `${text}.${toBase64url(new Uint8Array(signature))}`;
}
