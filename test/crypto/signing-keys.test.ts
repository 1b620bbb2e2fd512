import { env } from "cloudflare:workers";
import { importJWK, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/core/ports.ts";
import { createSigningKeys } from "../../src/crypto/signing-keys.ts";
import { createVault } from "../../src/crypto/vault.ts";
import {
  beginWithoutKeys,
  currentKid,
  DAY,
  isolate,
  kidsOf,
  LONGEST_TOKEN_DAYS,
  OTHER_SECRET,
  pass,
  SECRET,
  signed,
  store,
  vault,
  verifies,
} from "./isolates.ts";

beginWithoutKeys();

describe("the first key", () => {
  it.each([1, 2, 20])("is one, however many isolates make it at once: %d", async (count) => {
    const isolates = Array.from({ length: count }, () => isolate());
    const kids = await Promise.all(isolates.map(currentKid));

    expect(new Set(kids).size).toBe(1);
    expect((await store.list()).map(({ kid, number }) => ({ kid, number }))).toEqual([
      { kid: kids[0], number: 1 },
    ]);
    const token = await signed(isolates[0] ?? isolate());
    for (const keys of isolates) {
      expect(await verifies(token, keys)).toBe(true);
    }
  });

  it("signs at once", async () => {
    const keys = isolate();
    expect(await verifies(await signed(keys), keys)).toBe(true);
  });

  it("is made by whoever publishes the keys first, too", async () => {
    const [kid] = await kidsOf(isolate());
    expect(await currentKid(isolate())).toBe(kid);
  });

  it("signs for an isolate whose clock is a little behind its maker's", async () => {
    await isolate().current();
    const behind: Clock = { now: () => new Date(Date.now() - 50) };
    await expect(createSigningKeys(store, vault, behind).current()).resolves.toBeDefined();
  });
});

describe("what is stored and what is shown", () => {
  it("the private half stands in the database sealed, and nowhere in clear", async () => {
    await isolate().current();
    const [row] = (await env.DB.prepare("SELECT * FROM signing_keys").all()).results;
    const sealed = String(row?.["sealed_private_jwk"]);
    const { d } = JSON.parse((await vault.open("signing-key", sealed)) ?? "{}") as JsonWebKey;
    const stored = JSON.stringify(row);

    expect(d).toMatch(/^[\w-]{43}$/);
    expect(stored).not.toContain(d);
    expect(stored).not.toContain(btoa(String(d)));
    expect(stored).not.toContain('\\"d\\"');
    const stranger = createVault({ current: OTHER_SECRET, previous: null });
    expect(await stranger.open("signing-key", sealed)).toBeNull();
  });

  it("the private half in memory cannot be exported", async () => {
    const { privateKey } = await isolate().current();
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("jwk", privateKey)).rejects.toThrow();
  });

  it("the published keys are public halves only, each with its use, algorithm and id", async () => {
    const keys = isolate();
    expect(await keys.jwks()).toEqual({
      keys: [
        {
          kty: "EC",
          crv: "P-256",
          x: expect.stringMatching(/^[\w-]{43}$/),
          y: expect.stringMatching(/^[\w-]{43}$/),
          kid: await currentKid(keys),
          alg: "ES256",
          use: "sig",
        },
      ],
    });
  });

  it("a published key verifies what the current one signs", async () => {
    const keys = isolate();
    const { token } = await signed(keys);
    const [jwk] = (await keys.jwks()).keys;
    await expect(jwtVerify(token, await importJWK(jwk ?? {}))).resolves.toBeDefined();
  });
});

describe("the master secret and the keys", () => {
  it("keys that the secret before sealed are used on while it is known", async () => {
    const token = await signed(isolate());
    const rotated = isolate(createVault({ current: OTHER_SECRET, previous: SECRET }));
    expect(await currentKid(rotated)).toBe(token.kid);
    expect(await verifies(token, rotated)).toBe(true);
  });

  it("a key that a lost secret sealed is replaced once, however many find out", async () => {
    const before = await isolate().current();
    const lost = () => isolate(createVault({ current: OTHER_SECRET, previous: null }));
    const signers = await Promise.all(Array.from({ length: 20 }, () => lost().current()));

    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1);
    expect(signers[0]?.kid).not.toBe(before.kid);
    expect(await store.list()).toHaveLength(2);
  });

  it("isolates of two secrets sign side by side, each with the key that it can open", async () => {
    const before = await isolate().current();
    const other = await isolate(createVault({ current: OTHER_SECRET, previous: null })).current();

    expect((await isolate().current()).kid).toBe(before.kid);
    expect(other.kid).not.toBe(before.kid);
    expect(await store.list()).toHaveLength(2);
  });

  it("a key that does not open is no successor: the one before it goes on, and stays past its last token", async () => {
    const before = await isolate().current();
    await isolate(createVault({ current: OTHER_SECRET, previous: null })).current();
    await isolate().rotate();
    pass(30 * DAY - 1);
    const last = await signed(isolate());
    expect(last.kid).toBe(before.kid);
    pass(LONGEST_TOKEN_DAYS * DAY);
    await isolate().rotate();
    expect(await verifies(last, isolate())).toBe(true);
    pass(2 * DAY);
    await isolate().rotate();
    expect(await verifies(last, isolate())).toBe(false);
  });

  it("what such a key signed before still verifies: that needs no secret", async () => {
    const token = await signed(isolate());
    const lost = isolate(createVault({ current: OTHER_SECRET, previous: null }));
    expect(await verifies(token, lost)).toBe(true);
    expect(await kidsOf(lost)).toEqual([token.kid]);
  });

  it("an error leaves nothing behind: the next look succeeds", async () => {
    await isolate().current();
    let isDown = true;
    const keys = isolate(vault, {
      ...store,
      list: () => (isDown ? Promise.reject(new Error("down")) : store.list()),
    });
    await expect(keys.current()).rejects.toThrow("down");
    isDown = false;
    await expect(keys.current()).resolves.toBeDefined();
  });
});
