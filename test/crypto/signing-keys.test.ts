import { env } from "cloudflare:workers";
import { importJWK, jwtVerify, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Clock, SigningKeyStore } from "../../src/core/ports.ts";
import { createSigningKeys, type SigningKeys } from "../../src/crypto/signing-keys.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { d1SigningKeys } from "../../src/storage/d1/signing-keys.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";
const MINUTE = 60;
const DAY = 86_400;
/** An access token of an account that an operator flagged for Zapier. */
const LONGEST_TOKEN_DAYS = 90;

const clock: Clock = { now: () => new Date() };
const store = d1SigningKeys(openDatabase(env.DB));
const vault = createVault({ current: SECRET, previous: null });

/** The keys as another isolate sees them: nothing read yet. */
const isolate = (by = vault, from: SigningKeyStore = store) => createSigningKeys(from, by, clock);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2030-01-01T00:00:00Z") });
  await env.DB.exec("DELETE FROM signing_keys");
});
afterEach(() => void vi.useRealTimers());

const pass = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
const kidsOf = async (keys: SigningKeys) => (await keys.jwks()).keys.map(({ kid }) => kid);
const currentKid = async (keys: SigningKeys) => (await keys.current()).kid;

/** A token signed by the key that is current, and whether the published keys verify it. */
const signed = async (keys: SigningKeys) => {
  const { kid, privateKey } = await keys.current();
  return {
    kid,
    token: await new SignJWT({}).setProtectedHeader({ alg: "ES256", kid }).sign(privateKey),
  };
};
async function verifies({ kid, token }: { kid: string; token: string }, keys: SigningKeys) {
  const key = await keys.find(kid);
  return key !== null && (await jwtVerify(token, key).then(() => true));
}

/** The same store, counting how often it is read. */
function counted(): { store: SigningKeyStore; lists: () => number } {
  let lists = 0;
  return {
    store: {
      ...store,
      list() {
        lists++;
        return store.list();
      },
    },
    lists: () => lists,
  };
}

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

describe("rotation", () => {
  it("makes nothing where there is no key yet", async () => {
    await isolate().rotate();
    expect(await store.list()).toEqual([]);
  });

  it("makes the next key as soon as there is none, to sign 30 days after the one before", async () => {
    const [first] = await kidsOf(isolate());
    await isolate().rotate();
    const [next, ...others] = await kidsOf(isolate());
    expect(others).toEqual([first]);
    for (let day = 0; day < 30; day++) {
      expect(await currentKid(isolate())).toBe(first);
      await isolate().rotate();
      expect(await kidsOf(isolate())).toEqual([next, first]);
      pass(DAY);
    }
    expect(await currentKid(isolate())).toBe(next);
  });

  /** The first key and its successor, a day before that signs. */
  async function withNext() {
    const first = await signed(isolate());
    await isolate().rotate();
    const next = (await kidsOf(isolate())).find((kid) => kid !== first.kid);
    pass(29 * DAY);
    return { first, next };
  }

  it("KEY-02: publishes the next key before it signs; until then the current one goes on", async () => {
    const { first, next } = await withNext();
    expect(await kidsOf(isolate())).toEqual([next, first.kid]);
    expect(await currentKid(isolate())).toBe(first.kid);
    expect(await isolate().find(String(next))).not.toBeNull();

    pass(DAY - 1);
    expect(await currentKid(isolate())).toBe(first.kid);
    pass(1);
    expect(await currentKid(isolate())).toBe(next);
  });

  it("the next key signs by the hour it was given, also where it was read long before", async () => {
    const { first, next } = await withNext();
    const keys = isolate();
    pass(DAY - 1);
    expect(await currentKid(keys)).toBe(first.kid);
    pass(1);
    expect(await currentKid(keys)).toBe(next);
  });

  it("KEY-02: what the old key signed still verifies past the life of the longest token", async () => {
    const { next } = await withNext();
    pass(DAY - 1);
    const last = await signed(isolate());
    pass(1);
    for (let day = 0; day <= LONGEST_TOKEN_DAYS; day++) {
      await isolate().rotate();
      expect(await verifies(last, isolate())).toBe(true);
      pass(DAY);
    }
    pass(1);
    await isolate().rotate();
    expect(await isolate().find(last.kid)).toBeNull();
    expect(await kidsOf(isolate())).toContain(next);
  });

  it("makes one next key, and not another while that waits for its day", async () => {
    await withNext();
    for (let hour = 0; hour < 23; hour++) {
      pass(3600);
      await isolate().rotate();
    }
    expect(await store.list()).toHaveLength(2);
  });

  it.each([2, 10])("%d schedulers at once make one next key", async (count) => {
    await isolate().current();
    await Promise.all(Array.from({ length: count }, () => isolate().rotate()));
    expect((await store.list()).map(({ number }) => number)).toEqual([2, 1]);
    expect(await kidsOf(isolate())).toHaveLength(2);
  });

  it("goes on for a hundred days without a token that another isolate cannot verify", async () => {
    const rotating = isolate();
    const signing = isolate();
    const verifying = isolate();
    const used = new Set<string>();
    for (let day = 0; day < 100; day++) {
      await rotating.rotate();
      const token = await signed(signing);
      used.add(token.kid);
      expect(await verifies(token, verifying)).toBe(true);
      pass(DAY);
    }
    expect(used.size).toBe(4);
    expect((await store.list()).length).toBeLessThanOrEqual(5);
  });

  it("publishes a key for a day before it signs, however late the scheduler comes", async () => {
    const first = await signed(isolate());
    pass(400 * DAY);
    await isolate().rotate();
    const [next] = await kidsOf(isolate());
    pass(DAY - 1);
    expect(await currentKid(isolate())).toBe(first.kid);
    pass(1);
    expect(await currentKid(isolate())).toBe(next);
  });

  it("removes nothing but what has a successor, however late it comes", async () => {
    const first = await signed(isolate());
    pass(400 * DAY);
    await isolate().rotate();
    expect(await currentKid(isolate())).toBe(first.kid);
    expect(await verifies(first, isolate())).toBe(true);
  });
});

describe("how often the store is read", () => {
  it("once in a minute for everything that is known", async () => {
    const { store: from, lists } = counted();
    const keys = isolate(vault, from);
    await keys.current();
    const before = lists();
    const { kid } = await keys.current();
    for (let second = 0; second < MINUTE - 1; second += 20) {
      await Promise.all([keys.current(), keys.find(kid), keys.jwks()]);
      pass(20);
    }
    expect(lists() - before).toBe(0);
    await keys.jwks();
    expect(lists() - before).toBe(1);
  });

  it("at most every ten seconds for ids that are unknown, however many come", async () => {
    await isolate().current();
    const { store: from, lists } = counted();
    const keys = isolate(vault, from);
    await keys.current();
    expect(lists()).toBe(1);

    for (let i = 0; i < 100; i++) {
      expect(await keys.find(`unknown-${i}`)).toBeNull();
    }
    expect(lists()).toBe(1);

    pass(10);
    for (let i = 0; i < 100; i++) {
      await keys.find(`unknown-${i}`);
    }
    expect(lists()).toBe(2);
  });

  it("at most every five seconds while it does not answer, and at once after that", async () => {
    await isolate().current();
    let isDown = false;
    let lists = 0;
    const keys = isolate(vault, {
      ...store,
      list() {
        lists++;
        return isDown ? Promise.reject(new Error("down")) : store.list();
      },
    });
    const kid = await currentKid(keys);
    pass(MINUTE);
    isDown = true;
    lists = 0;
    for (const seconds of [4.999, 0.001, 4.999, 0.001]) {
      for (let i = 0; i < 20; i++) {
        expect(await currentKid(keys)).toBe(kid);
      }
      pass(seconds);
    }
    expect(lists).toBe(2);
    isDown = false;
    await keys.jwks();
    expect(lists).toBe(3);
    await keys.jwks();
    expect(lists).toBe(3);
  });

  it("finds a key that another isolate made, ten seconds after it looked last", async () => {
    const keys = isolate();
    await keys.current();
    pass(31 * DAY);
    await keys.current();
    await isolate().rotate();
    const [next] = await kidsOf(isolate());

    pass(9);
    expect(await keys.find(String(next))).toBeNull();
    pass(1);
    expect(await keys.find(String(next))).not.toBeNull();
  });

  it("finds no key under an id that is empty or not one of ours", async () => {
    const keys = isolate();
    const { kid } = await keys.current();
    for (const id of ["", " ", kid.toUpperCase(), `${kid} `, kid.slice(1), "1", "__proto__"]) {
      expect(await keys.find(id)).toBeNull();
    }
  });
});

describe("KEY-03: a key that was withdrawn", () => {
  const withdraw = (kid: string) =>
    env.DB.prepare("UPDATE signing_keys SET withdrawn_at = ? WHERE kid = ?")
      .bind(Date.now(), kid)
      .run();

  it("signs, verifies and is published no more, a minute later everywhere", async () => {
    const running = isolate();
    const token = await signed(running);
    await withdraw(token.kid);

    expect(await verifies(token, isolate())).toBe(false);
    pass(MINUTE - 1);
    expect(await verifies(token, running)).toBe(true);
    pass(1);
    expect(await verifies(token, running)).toBe(false);
    expect(await kidsOf(running)).not.toContain(token.kid);
    expect(await currentKid(running)).not.toBe(token.kid);
  });

  it("that signed is replaced at once and once, however many isolates find out", async () => {
    await withdraw(await currentKid(isolate()));
    const kids = await Promise.all(Array.from({ length: 20 }, () => currentKid(isolate())));
    expect(new Set(kids).size).toBe(1);
    expect((await store.list()).map(({ number }) => number)).toEqual([2, 1]);
  });

  it("brings no older key back", async () => {
    const first = await currentKid(isolate());
    await isolate().rotate();
    pass(30 * DAY);
    const second = await currentKid(isolate());
    await withdraw(second);
    expect([first, second]).not.toContain(await currentKid(isolate()));
  });

  it("leaves the others as they are: the current one goes on, and what they signed is good", async () => {
    const old = await signed(isolate());
    await isolate().rotate();
    pass(30 * DAY);
    const token = await signed(isolate());
    await withdraw(old.kid);
    expect(await verifies(old, isolate())).toBe(false);
    expect(await verifies(token, isolate())).toBe(true);
    expect(await currentKid(isolate())).toBe(token.kid);
  });

  it("that was to be the next is replaced by another, which signs when that would have", async () => {
    const first = await currentKid(isolate());
    await isolate().rotate();
    const [next = ""] = await kidsOf(isolate());
    await withdraw(next);
    await isolate().rotate();
    const [another] = await kidsOf(isolate());
    expect([first, next]).not.toContain(another);
    pass(30 * DAY - 1);
    expect(await currentKid(isolate())).toBe(first);
    pass(1);
    expect(await currentKid(isolate())).toBe(another);
  });

  it("does not have the one before it removed while tokens of that live", async () => {
    await isolate().rotate();
    const first = await currentKid(isolate());
    await isolate().rotate();
    const [next = ""] = await kidsOf(isolate());
    // As it is where it was to sign early, and was withdrawn before it did.
    await env.DB.prepare("UPDATE signing_keys SET activates_at = ?, withdrawn_at = ? WHERE kid = ?")
      .bind(Date.now() + DAY * 1000, Date.now(), next)
      .run();
    await isolate().rotate();
    pass(30 * DAY - 1);
    const last = await signed(isolate());
    expect(last.kid).toBe(first);
    pass(LONGEST_TOKEN_DAYS * DAY);
    await isolate().rotate();
    expect(await verifies(last, isolate())).toBe(true);
  });

  it("is forgotten with the others, and its number is never given again", async () => {
    const first = await currentKid(isolate());
    await withdraw(first);
    await isolate().current();
    pass(91 * DAY + 1);
    await isolate().rotate();
    expect((await store.list()).map(({ number }) => number)).toEqual([3, 2]);
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
