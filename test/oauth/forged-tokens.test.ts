import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from "jose";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { createdKey } from "../support/api-keys.ts";
import {
  introspected,
  oauthRefusal,
  spaTokens,
  type TokenBody,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const service = startService();
const UNAUTHORIZED = oauthRefusal(401, "invalid_token", "The access token is not valid.", {
  "www-authenticate": 'Bearer realm="Latchkey", error="invalid_token"',
});

let tokens: TokenBody & { bearer: string };
let claims: JWTPayload;
let kid: string;
let ours: CryptoKey;
let theirs: CryptoKeyPair;

beforeAll(async () => {
  await registerOAuthClients();
  tokens = await spaTokens(service);
  claims = decodeJwt(tokens.access_token);
  const current = await service.signingKeys.current();
  kid = current.kid;
  ours = current.privateKey as CryptoKey;
  theirs = await generateKeyPair("ES256", { extractable: true });
});

const encode = (content: object | string) =>
  new TextEncoder()
    .encode(typeof content === "string" ? content : JSON.stringify(content))
    .toBase64({ alphabet: "base64url", omitPadding: true });
const header = (more: object = {}) => ({ alg: "ES256", typ: "at+jwt", kid, ...more });
const sign = (more: object, payload: JWTPayload, key: CryptoKey | Uint8Array = ours) =>
  new SignJWT(payload).setProtectedHeader(header(more) as JWTHeaderParameters).sign(key);
const seconds = () => Math.floor(Date.now() / 1000);

/** A forgery opens nothing, and nothing is said of it. */
async function expectRefused(token: string): Promise<void> {
  expect(seen(await userInfo(service, token))).toEqual(UNAUTHORIZED);
  expect((await introspected(service, token)).body).toEqual({ active: false });
}

describe("an access token", () => {
  it("JWT-01, JWT-02: is an at+jwt by ES256 with the claims of RFC 9068, for a quarter of an hour", () => {
    expect(decodeProtectedHeader(tokens.access_token)).toEqual(header());
    expect(Object.keys(claims).sort()).toEqual(
      [
        ...["aud", "client_id", "exp", "iat", "iss", "jti", "roles", "scope", "sid", "sub"],
        "tenant",
      ].sort(),
    );
    expect(Number(claims.exp) - Number(claims.iat)).toBe(900);
  });

  it("signed with our key is taken: what follows fails for what is wrong with it alone", async () => {
    const token = await sign({}, claims);

    expect((await userInfo(service, token)).status).toBe(200);
    expect((await introspected(service, token)).body.active).toBe(true);
  });
});

describe("JWT-03: nobody else can sign", () => {
  it("with no algorithm", async () => {
    for (const alg of ["none", "None", "NONE", ""]) {
      await expectRefused(`${encode(header({ alg }))}.${encode(claims)}.`);
    }
  });

  it("by dropping or changing the signature", async () => {
    const [head, payload, signature = ""] = tokens.access_token.split(".");
    await expectRefused(`${head}.${payload}.`);
    await expectRefused(`${head}.${payload}`);
    await expectRefused(`${head}.${payload}.${encode("x".repeat(64))}`);
    for (const other of everyOtherCharacter(signature).slice(0, 20)) {
      await expectRefused(`${head}.${payload}.${other}`);
    }
  });

  it("by spelling the same signature another way", async () => {
    const { access_token: token } = tokens;
    const spare = token.slice(0, -1) + ("BRhx"["AQgw".indexOf(token.slice(-1))] ?? "");
    for (const other of [`${token}=`, `${token}==`, spare]) {
      await expectRefused(other);
    }
    expect((await introspected(service, `${token} `)).body).toEqual({ active: false });
  });

  it("by changing what it says", async () => {
    const [head, , signature] = tokens.access_token.split(".");
    await expectRefused(`${head}.${encode({ ...claims, roles: ["superadmin"] })}.${signature}`);
  });

  it("by HS256 with the public key as its secret", async () => {
    const { body } = await service.ask<{ keys: object[] }>("/.well-known/jwks.json", {
      method: "GET",
    });
    const jwk = body.keys[0] as { x: string; y: string };
    for (const secret of [JSON.stringify(jwk), JSON.stringify(body), jwk.x, jwk.x + jwk.y]) {
      await expectRefused(await sign({ alg: "HS256" }, claims, new TextEncoder().encode(secret)));
    }
  });

  it("with a key of their own, whatever they call it", async () => {
    for (const more of [{}, { kid: undefined }, { kid: "" }, { kid: crypto.randomUUID() }]) {
      await expectRefused(await sign(more, claims, theirs.privateKey));
    }
    await expectRefused(await sign({ kid: "../../jwks" }, claims, theirs.privateKey));
    await expectRefused(await sign({ kid: "__proto__" }, claims, theirs.privateKey));
  });

  it("with a key that the token brings along or points to, which is not fetched", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    onTestFinished(() => fetched.mockRestore());
    const jwk = await exportJWK(theirs.publicKey);
    for (const more of [
      { jwk },
      { jwk: { ...jwk, kid } },
      { jwk, kid: undefined },
      { jku: "https://evil.example.test/jwks.json" },
      { x5u: "https://evil.example.test/cert.pem" },
      { x5c: [encode("certificate")] },
    ]) {
      await expectRefused(await sign(more, claims, theirs.privateKey));
    }
    expect(fetched).not.toHaveBeenCalled();
  });

  it("with another algorithm that our key was not made for", async () => {
    const rsa = await generateKeyPair("RS256");
    await expectRefused(await sign({ alg: "RS256" }, claims, rsa.privateKey));
  });
});

describe("JWT-04: what our key has signed is still refused", () => {
  it.each<[string, () => JWTPayload]>([
    ["that has expired", () => ({ ...claims, exp: seconds() - 1 })],
    ["that never expires", () => without("exp")],
    ["that begins in the future", () => ({ ...claims, nbf: seconds() + 60 })],
    ["of another issuer", () => ({ ...claims, iss: "https://evil.example.test" })],
    ["of no issuer", () => without("iss")],
    ["of a session that there is not", () => ({ ...claims, sid: crypto.randomUUID() })],
    ["without an audience", () => without("aud")],
    ["without a subject", () => without("sub")],
    ["without an id", () => without("jti")],
    ["without a client", () => without("client_id")],
    ["without a time", () => without("iat")],
  ])("one %s", async (_, payload) => {
    await expectRefused(await sign({}, payload()));
  });

  it("one that is for somebody else", async () => {
    const token = await sign({}, { ...claims, aud: "https://api.example.test" });

    expect(seen(await userInfo(service, token))).toEqual(UNAUTHORIZED);
  });

  it.each(["JWT", "jwt", "at+JWT+x", "secevent+jwt", undefined])("of the type %s", async (typ) => {
    await expectRefused(await sign({ typ }, claims));
  });

  it("the ID token, a refresh token and a key in the place of an access token", async () => {
    const { key } = await createdKey(service, tokens.bearer);

    for (const token of [tokens.id_token, tokens.refresh_token, key]) {
      expect(seen(await userInfo(service, token))).toEqual(UNAUTHORIZED);
    }
    expect((await introspected(service, tokens.id_token)).body).toEqual({ active: false });
  });

  it("JWT-06: one with a critical header that nobody here understands", async () => {
    const protectedHeader = encode(header({ crit: ["exp2"], exp2: 1 }));
    await expectRefused(await signedByHand(protectedHeader, encode(claims)));
    const unencoded = encode(header({ crit: ["b64"], b64: false }));
    await expectRefused(await signedByHand(unencoded, encode(claims)));
    // The way of signing is right.
    const plain = await signedByHand(encode(header()), encode(claims));
    expect((await userInfo(service, plain)).status).toBe(200);
  });
});

describe("JWT-05: what is no token harms nothing", () => {
  it.each([
    ["two parts", "a.b"],
    ["five parts", "a.b.c.d.e"],
    ["dots", "...."],
    ["a header that is no JSON", `${"x".repeat(20)}.e30.x`],
    ["a header that is a list", `${encode("[]")}.e30.x`],
    ["a header of null", `${encode("null")}.e30.x`],
    ["JSON that goes very deep", `${encode("[".repeat(4000))}.e30.x`],
    ["9 KB", "x".repeat(9000)],
    ["64 KB less a little", "x".repeat(60_000)],
  ])("%s", async (_, token) => {
    await expectRefused(token);
  });

  it("10 MB", async () => {
    const token = "x".repeat(10_000_000);

    expect(seen(await userInfo(service, token))).toEqual(UNAUTHORIZED);
    expect(seen(await introspected(service, token))).toEqual(
      oauthRefusal(413, "invalid_request", "The request body is too large."),
    );
  });

  it("and one of nearly 8 KB is taken", async () => {
    const token = await sign({}, { ...claims, padding: "x".repeat(4000) });

    expect((await userInfo(service, token)).status).toBe(200);
  });
});

function without(claim: string): JWTPayload {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => name !== claim));
}

async function signedByHand(head: string, payload: string): Promise<string> {
  const signature = await crypto.subtle.sign(
    { name: "ECDSA", hash: "SHA-256" },
    ours,
    new TextEncoder().encode(`${head}.${payload}`),
  );
  const encoded = new Uint8Array(signature).toBase64({ alphabet: "base64url", omitPadding: true });
  return `${head}.${payload}.${encoded}`;
}
