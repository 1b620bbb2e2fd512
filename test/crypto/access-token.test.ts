import { env } from "cloudflare:workers";
import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTHeaderParameters,
  SignJWT,
} from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock } from "../../src/core/ports.ts";
import type { Session } from "../../src/core/session/session.ts";
import { createAccessTokens } from "../../src/crypto/access-token.ts";
import { createSigningKeys } from "../../src/crypto/signing-keys.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1SigningKeys } from "../../src/storage/d1/signing-keys.ts";
import { seeded } from "../support/seeded.ts";

const ISSUER = "https://auth.example.test";
const NOW = Date.parse("2030-01-01T00:00:00.700Z");
const NOW_SECONDS = Math.floor(NOW / 1000);
const LIFETIME_SECONDS = 900;
const API = "https://api.example.test";
const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const clock: Clock = { now: () => new Date() };
const vault = createVault({ current: "a-master-secret-that-is-long-enough", previous: null });
const store = d1SigningKeys(openDatabase(env.DB));
const keys = createSigningKeys(store, vault, clock);
const tokens = createAccessTokens(keys, ISSUER, clock);

const session: Session = {
  id: "0197f2aa-0000-7abc-8def-0123456789ab",
  number: 1,
  tenantId: "00000000-0000-7000-8000-000000000000",
  accountId: "0197f2aa-1111-7abc-8def-0123456789ab",
  contract: "planasonix",
  clientId: null,
  clientType: null,
  name: null,
  scope: null,
  actorId: null,
  actorSessionId: null,
  audience: null,
  authenticatedAt: null,
  userAgent: null,
  address: "198.18.0.1",
  city: null,
  country: null,
  network: null,
  createdAt: new Date(NOW),
  lastUsedAt: new Date(NOW),
  expiresAt: new Date(NOW + 86_400_000),
  endsAt: new Date(NOW + 86_400_000),
};

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: NOW }));
afterEach(() => void vi.useRealTimers());

const mint = (of: Partial<Session> = {}) =>
  tokens.mint({ ...session, ...of }, "user", LIFETIME_SECONDS);

/** Header and claims of a good token, to be signed again with something wrong about them. */
const header = async () => ({ alg: "ES256", typ: "at+jwt", kid: (await keys.current()).kid });
const claims = {
  iss: ISSUER,
  aud: ISSUER,
  sub: session.accountId,
  sid: session.id,
  client_id: "planasonix",
  tenant: session.tenantId,
  roles: ["user"],
  jti: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
  iat: NOW_SECONDS,
  exp: NOW_SECONDS + LIFETIME_SECONDS,
};
type Claims = Record<string, unknown>;

/** What those claims say. */
const content = {
  jti: claims.jti,
  subject: session.accountId,
  tenantId: session.tenantId,
  clientId: "planasonix",
  sessionId: session.id,
  scope: null,
  audience: [ISSUER],
  roles: ["user"],
  actorId: null,
  issuedAt: new Date(NOW_SECONDS * 1000),
  expiresAt: new Date((NOW_SECONDS + LIFETIME_SECONDS) * 1000),
};

/** Signed by this service's own key, which an attacker does not have. */
async function signed(of: Claims = {}, head: Partial<JWTHeaderParameters> = {}): Promise<string> {
  const { privateKey } = await keys.current();
  return signedBy(privateKey, of, head);
}

async function signedBy(key: CryptoKey, of: Claims = {}, head: Partial<JWTHeaderParameters> = {}) {
  const all = { ...(await header()), ...head } as JWTHeaderParameters;
  return new SignJWT({ ...claims, ...of }).setProtectedHeader(all).sign(key);
}

const encode = (part: object) => base64url.encode(JSON.stringify(part));

/** Parts put together by hand, for what no library would sign. */
async function assembled(head: object, signature: Uint8Array | string, of: Claims = {}) {
  const signing = `${encode({ ...(await header()), ...head })}.${encode({ ...claims, ...of })}`;
  return `${signing}.${typeof signature === "string" ? signature : base64url.encode(signature)}`;
}

describe("an access token", () => {
  it("is an at+jwt, signed with ES256 by the current key", async () => {
    expect(decodeProtectedHeader(await mint())).toEqual(await header());
  });

  it("has the claims of RFC 9068 and says whose session it is", async () => {
    expect(decodeJwt(await mint())).toEqual({
      ...claims,
      jti: expect.stringMatching(UUID_V4),
    });
  });

  it("of a device names the client and the scopes that it was given", async () => {
    const of = { clientId: "test-tv", scope: "openid profile:read" };
    expect(decodeJwt(await mint(of))).toMatchObject({
      client_id: "test-tv",
      scope: "openid profile:read",
    });
  });

  it("has an id of its own", async () => {
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () => decodeJwt(await mint()).jti),
    );
    expect(new Set(ids).size).toBe(50);
  });

  it("leads back to its session", async () => {
    expect(await tokens.read(await mint())).toEqual({
      ...content,
      jti: expect.stringMatching(UUID_V4),
    });
  });

  it("as the tests put it together by hand is good, so that what follows is refused for its one fault", async () => {
    expect(await tokens.read(await signed())).toEqual(content);
  });
});

describe("an access token for other services", () => {
  it("names them, one as a text and several as a list, and is read on request alone", async () => {
    const one = await mint({ audience: API });
    const two = await mint({ audience: `${API} https://other.example.test` });
    expect(decodeJwt(one).aud).toBe(API);
    expect(decodeJwt(two).aud).toEqual([API, "https://other.example.test"]);
    expect(await tokens.read(one)).toBeNull();
    expect(await tokens.read(one, "any audience")).toMatchObject({ audience: [API] });
  });
});

describe("a client's own access token", () => {
  const grant = {
    clientId: "reports",
    tenantId: session.tenantId,
    scope: "reports:read",
    audience: null,
  };

  it("has no session, and a subject that no account can have", async () => {
    const token = await tokens.mintForClient(grant, LIFETIME_SECONDS);
    expect(decodeProtectedHeader(token)).toEqual(await header());
    expect(decodeJwt(token)).toEqual({
      iss: ISSUER,
      aud: ISSUER,
      sub: "client:reports",
      client_id: "reports",
      tenant: session.tenantId,
      scope: "reports:read",
      jti: expect.stringMatching(UUID_V4),
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + LIFETIME_SECONDS,
    });
    expect(await tokens.read(token)).toMatchObject({
      subject: "client:reports",
      sessionId: null,
      scope: "reports:read",
    });
  });

  it("is no good without a session under an account's subject, or another client's", async () => {
    for (const sub of [session.accountId, "client:other", "reports"]) {
      const claimed = { sub, sid: undefined, client_id: "reports" };
      expect(await tokens.read(await signed(claimed))).toBeNull();
    }
  });
});

describe("an ID token", () => {
  const signedInAt = new Date(NOW - 60_000);

  it("says to its client alone who signed in, and when", async () => {
    const about = {
      session: { ...session, authenticatedAt: signedInAt },
      clientId: "test-tv",
      nonce: "n-1",
    };
    const token = await tokens.mintIdToken(about, LIFETIME_SECONDS);
    expect(decodeProtectedHeader(token)).toEqual({ ...(await header()), typ: "JWT" });
    expect(decodeJwt(token)).toEqual({
      iss: ISSUER,
      aud: "test-tv",
      sub: session.accountId,
      sid: session.id,
      auth_time: Math.floor(signedInAt.getTime() / 1000),
      nonce: "n-1",
      iat: NOW_SECONDS,
      exp: NOW_SECONDS + LIFETIME_SECONDS,
    });
  });

  it("has no nonce that was not asked for, and the session's beginning for want of a better time", async () => {
    const token = await tokens.mintIdToken(
      { session, clientId: "test-tv", nonce: null },
      LIFETIME_SECONDS,
    );
    const { nonce, auth_time } = decodeJwt(token);
    expect([nonce, auth_time]).toEqual([undefined, NOW_SECONDS]);
  });
});

describe("an access token is refused when", () => {
  let stranger: Awaited<ReturnType<typeof generateKeyPair>>;

  beforeAll(async () => {
    stranger = await generateKeyPair("ES256", { extractable: true });
  });

  /** The public key that everybody can fetch, in the forms that it could be taken for a secret. */
  async function publicKeyAsSecrets() {
    const { kid } = await keys.current();
    const publicKey = await keys.find(kid);
    const [jwk] = (await keys.jwks()).keys;
    if (!publicKey || !jwk) {
      throw new Error("no key is published");
    }
    const text = (what: string) => new TextEncoder().encode(what);
    return [
      text(await exportSPKI(publicKey)),
      text((await exportSPKI(publicKey)).trim()),
      text(JSON.stringify(jwk)),
      base64url.decode(String(jwk.x)),
      new Uint8Array((await crypto.subtle.exportKey("raw", publicKey)) as ArrayBuffer),
      new Uint8Array((await crypto.subtle.exportKey("spki", publicKey)) as ArrayBuffer),
    ];
  }

  it.each(["none", "None", "NONE", "nOnE", "", "null"])("its algorithm is %j", async (alg) => {
    const { kid } = await keys.current();
    const genuine = (await mint()).split(".")[2] ?? "";
    for (const signature of ["", genuine]) {
      expect(await tokens.read(await assembled({ alg, kid }, signature))).toBeNull();
    }
  });

  it.each(["HS256", "HS384", "HS512"])(
    "it is signed by %s with the public key as secret",
    async (alg) => {
      const unsigned = (await assembled({ alg }, "")).slice(0, -1);
      for (const secret of await publicKeyAsSecrets()) {
        const hmac = { name: "HMAC", hash: alg.replace("HS", "SHA-") };
        const key = await crypto.subtle.importKey("raw", secret, hmac, false, ["sign"]);
        const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(unsigned));
        const forged = `${unsigned}.${base64url.encode(new Uint8Array(mac))}`;
        expect(await tokens.read(forged)).toBeNull();
      }
    },
  );

  it.each(["ES384", "RS256", "PS256", "EdDSA", "ES256K", "es256"])(
    "its header says %s over an ES256 signature",
    async (alg) => {
      const [, , signature = ""] = (await mint()).split(".");
      expect(await tokens.read(await assembled({ alg }, signature))).toBeNull();
    },
  );

  it("its signature is stripped", async () => {
    const [head, payload] = (await mint()).split(".");
    expect(await tokens.read(`${head}.${payload}.`)).toBeNull();
    expect(await tokens.read(`${head}.${payload}`)).toBeNull();
  });

  it("its signature is all zeros, or the wrong length", async () => {
    for (const length of [0, 1, 32, 63, 64, 65, 128]) {
      expect(await tokens.read(await assembled({}, new Uint8Array(length)))).toBeNull();
    }
  });

  it("any bit of its signature is turned", async () => {
    const [head, payload, signature = ""] = (await mint()).split(".");
    const bytes = base64url.decode(signature);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const byte = bit >> 3;
      const altered = bytes.with(byte, (bytes[byte] ?? 0) ^ (1 << (bit & 7)));
      expect(await tokens.read(`${head}.${payload}.${base64url.encode(altered)}`)).toBeNull();
    }
  });

  it("its signature is in DER, as other libraries write it", async () => {
    const [head, payload, signature = ""] = (await mint()).split(".");
    const raw = base64url.decode(signature);
    const integer = (half: Uint8Array) => [2, 33, 0, ...half];
    const body = [...integer(raw.slice(0, 32)), ...integer(raw.slice(32))];
    const der = Uint8Array.from([0x30, body.length, ...body]);
    expect(await tokens.read(`${head}.${payload}.${base64url.encode(der)}`)).toBeNull();
  });

  it("a claim was changed after it was signed", async () => {
    const [head, , signature] = (await mint()).split(".");
    for (const change of [
      { sid: "0197f2aa-0000-7abc-8def-0123456789ac" },
      { exp: 2 ** 40 },
      { scope: "admin" },
    ]) {
      expect(
        await tokens.read(`${head}.${encode({ ...claims, ...change })}.${signature}`),
      ).toBeNull();
    }
  });

  it("its header was changed after it was signed", async () => {
    const [, payload, signature] = (await mint()).split(".");
    const head = encode({ ...(await header()), x: 1 });
    expect(await tokens.read(`${head}.${payload}.${signature}`)).toBeNull();
  });

  it("it names no key of ours", async () => {
    for (const kid of ["", "other", "../keys", "' OR 1=1 --", "0".repeat(36)]) {
      expect(await tokens.read(await signed({}, { kid }))).toBeNull();
    }
  });

  it.each([
    ["missing", undefined],
    ["null", null],
    ["a number", 1],
    ["an array", ["kid"]],
    ["an object", { toString: "kid" }],
    ["true", true],
  ])("its kid is %s", async (_, kid) => {
    const [, , signature = ""] = (await mint()).split(".");
    expect(await tokens.read(await assembled({ kid }, signature))).toBeNull();
  });

  it("it brings its own key along as jwk", async () => {
    const jwk = await exportJWK(stranger.publicKey);
    const { kid } = await keys.current();
    for (const head of [{ jwk }, { jwk, kid: undefined }, { jwk: { ...jwk, kid }, kid }]) {
      expect(await tokens.read(await signedBy(stranger.privateKey, {}, head as object))).toBeNull();
    }
  });

  it.each(["jku", "x5u"])("it says by %s where its key is; nothing is fetched", async (name) => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("fetched"));
    const head = { [name]: "https://attacker.example/keys.json" };
    expect(await tokens.read(await signedBy(stranger.privateKey, {}, head))).toBeNull();
    expect(
      await tokens.read(await signedBy(stranger.privateKey, {}, { ...head, kid: "attacker" })),
    ).toBeNull();
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it("it brings a certificate along as x5c", async () => {
    const spki = (await crypto.subtle.exportKey("spki", stranger.publicKey)) as ArrayBuffer;
    const x5c = [new Uint8Array(spki).toBase64()];
    expect(await tokens.read(await signedBy(stranger.privateKey, {}, { x5c }))).toBeNull();
  });

  it("another service's key signed it, under our kid or its own", async () => {
    expect(await tokens.read(await signedBy(stranger.privateKey))).toBeNull();
    expect(
      await tokens.read(await signedBy(stranger.privateKey, {}, { kid: "theirs" })),
    ).toBeNull();
  });

  it.each([
    ["JWT"],
    ["jwt"],
    ["at-jwt"],
    ["id+jwt"],
    ["dpop+jwt"],
    ["logout+jwt"],
    [""],
    [undefined],
  ])("its type is %j: it is a token for something else", async (typ) => {
    expect(await tokens.read(await signed({}, { typ } as object))).toBeNull();
  });

  it.each([
    ["expired this second", { exp: NOW_SECONDS }],
    ["expired long ago", { exp: NOW_SECONDS - 86_400 }],
    ["without an end", { exp: undefined }],
    ["with an end that is text", { exp: String(NOW_SECONDS + 900) }],
    ["not good yet", { nbf: NOW_SECONDS + 1 }],
    ["with a beginning that is text", { nbf: "yesterday" }],
    ["without the time it was issued", { iat: undefined }],
  ])("it is %s", async (_, change) => {
    expect(await tokens.read(await signed(change))).toBeNull();
  });

  it("its life is over: to the second, by the clock", async () => {
    const token = await mint();
    vi.setSystemTime((NOW_SECONDS + LIFETIME_SECONDS) * 1000 - 1);
    expect(await tokens.read(token)).toMatchObject({ sessionId: session.id });
    vi.setSystemTime((NOW_SECONDS + LIFETIME_SECONDS) * 1000);
    expect(await tokens.read(token)).toBeNull();
  });

  it.each([
    ["missing", undefined],
    ["another service", "https://auth.other.test"],
    ["ours with a slash at its end", `${ISSUER}/`],
    ["ours over plain HTTP", ISSUER.replace("https:", "http:")],
    ["ours in upper case", ISSUER.toUpperCase()],
    ["a host that begins like ours", `${ISSUER}.attacker.example`],
    ["empty", ""],
  ])("its issuer or audience is %s", async (_, who) => {
    expect(await tokens.read(await signed({ iss: who }))).toBeNull();
    expect(await tokens.read(await signed({ aud: who }))).toBeNull();
    expect(await tokens.read(await signed({ aud: [who] }))).toBeNull();
  });

  it("it is for us and for somebody else", async () => {
    for (const aud of [
      [ISSUER, API],
      [API, ISSUER],
    ]) {
      const token = await signed({ aud });
      expect(await tokens.read(token)).toBeNull();
      expect(await tokens.read(token, "any audience")).toMatchObject({ audience: aud });
    }
    expect(await tokens.read(await signed({ aud: [ISSUER] }))).not.toBeNull();
  });

  it("its audience is a list without us", async () => {
    expect(
      await tokens.read(await signed({ aud: ["https://one.test", "https://two.test"] })),
    ).toBeNull();
    expect(await tokens.read(await signed({ aud: [] }))).toBeNull();
  });

  it.each([undefined, null, 0, true, [], {}])("its session is %j", async (sid) => {
    expect(await tokens.read(await signed({ sid }))).toBeNull();
  });

  it.each([
    ["scope", 7],
    ["client_id", undefined],
    ["client_id", 7],
    ["tenant", undefined],
    ["tenant", {}],
    ["jti", undefined],
    ["jti", 7],
  ])("its %s is %j", async (claim, value) => {
    expect(await tokens.read(await signed({ [claim]: value }))).toBeNull();
  });

  it("it is for another service", async () => {
    expect(await tokens.read(await mint({ audience: API }))).toBeNull();
  });

  it("it is an ID token of the same session", async () => {
    const about = { session, clientId: ISSUER, nonce: null };
    expect(await tokens.read(await tokens.mintIdToken(about, LIFETIME_SECONDS))).toBeNull();
  });

  it("it does not say whose it is", async () => {
    expect(await tokens.read(await signed({ sub: undefined }))).toBeNull();
  });

  it("it has a critical header that we do not know", async () => {
    for (const crit of [["exp"], ["x"], ["b64"], []]) {
      const [, , signature = ""] = (await mint()).split(".");
      expect(await tokens.read(await assembled({ crit, x: 1, b64: false }, signature))).toBeNull();
    }
    const { privateKey } = await keys.current();
    const understood = await new SignJWT(claims)
      .setProtectedHeader({ ...(await header()), crit: ["x"], x: 1 })
      .sign(privateKey, { crit: { x: true } });
    expect(await tokens.read(understood)).toBeNull();
  });

  it("it is longer than 8 KB, however good", async () => {
    const lengthOf = async (filler: number) =>
      (await signed({ filler: "x".repeat(filler) })).length;
    let filler = 5_500;
    while ((await lengthOf(filler + 1)) <= 8_192) {
      filler++;
    }
    expect(await tokens.read(await signed({ filler: "x".repeat(filler) }))).toEqual(content);
    expect(await tokens.read(await signed({ filler: "x".repeat(filler + 1) }))).toBeNull();
    expect(await tokens.read("x".repeat(10_000_000))).toBeNull();
  });

  it.each([
    "",
    ".",
    "..",
    "...",
    "a",
    "a.b",
    "a.b.c",
    "a.b.c.d.e",
    " ",
    "null",
    "e30.e30.",
    "e30.e30.e30",
    "eyJhbGciOiJFUzI1NiJ9..",
    "é.é.é",
    "\0.\0.\0",
    "Bearer x",
    "{}.{}.{}",
    "////",
    "W10.W10.W10",
  ])("it is not a token at all: %j", async (garbage) => {
    expect(await tokens.read(garbage)).toBeNull();
  });

  it("its header is JSON of great depth", async () => {
    const { kid } = await keys.current();
    const deep = `{"alg":"ES256","typ":"at+jwt","kid":"${kid}","x":${"[".repeat(2_500)}${"]".repeat(2_500)}}`;
    expect(await tokens.read(`${base64url.encode(deep)}.e30.AA`)).toBeNull();
  });

  it("it is a good one with random bytes in header or claims: nothing crashes and nothing passes", async () => {
    const random = seeded(1);
    const pick = (below: number) => Math.floor(random() * below);
    const good = await mint();
    const signatureAt = good.lastIndexOf(".");
    for (let round = 0; round < 2_000; round++) {
      const at = pick(signatureAt);
      const inserted = String.fromCharCode(...Array.from({ length: 1 + pick(3) }, () => pick(256)));
      const altered = good.slice(0, at) + inserted + good.slice(at + pick(4));
      if (altered !== good) {
        expect(await tokens.read(altered)).toBeNull();
      }
    }
  });
});

it("a store that does not answer is no verdict on a token: the error comes through", async () => {
  const down = createSigningKeys(
    {
      list: () => Promise.reject(new Error("down")),
      insert: async () => {},
      remove: async () => {},
    },
    vault,
    clock,
  );
  await expect(createAccessTokens(down, ISSUER, clock).read(await mint())).rejects.toThrow("down");
});

describe("a stored key that does not load", () => {
  it.each(["{}", '{"kty":"EC"}', '{"kty":"unknown"}'])(
    "is a fault, and makes no good token a bad one: %s",
    async (publicJwk) => {
      const list = async () => (await store.list()).map((key) => ({ ...key, publicJwk }));
      const broken = createSigningKeys({ ...store, list }, vault, clock);
      const reader = createAccessTokens(broken, ISSUER, clock);
      const about = { session, clientId: "test-tv", nonce: null };
      const idToken = await tokens.mintIdToken(about, LIFETIME_SECONDS);

      await expect(reader.read(await mint())).rejects.toThrow();
      await expect(reader.readIdToken(idToken, "test-tv")).rejects.toThrow();
    },
  );
});
