import { afterEach, describe, expect, it, vi } from "vitest";
import { ForeignHashProblem, readForeignHash } from "../../src/crypto/foreign-hash/foreign-hash.ts";
import { iterationsWorth } from "../../src/crypto/foreign-hash/iterations-worth.ts";
import { pbkdf2InSteps } from "../../src/crypto/foreign-hash/pbkdf2-in-steps.ts";
import { sealForeignHash } from "../../src/crypto/foreign-hash/seal-foreign-hash.ts";
import { createPasswordHashes } from "../../src/crypto/password-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";
import {
  CHEAP_FOREIGN_HASH,
  FOREIGN_HASHES,
  FOREIGN_PASSWORD,
  pbkdf2Hash,
} from "../support/foreign-hashes.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const vault = createVault({ current: SECRET, previous: null });
const seal = (hash: string) => sealForeignHash(vault, hash);
const hashes = createPasswordHashes({ current: SECRET, previous: null }, 1_000);

afterEach(() => void vi.restoreAllMocks());

/** As the makers of each scheme publish them. */
const PUBLISHED = [
  [
    // Openwall's crypt_blowfish.
    "bcrypt",
    "U*U",
    "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
  ],
  [
    // The example of https://github.com/firebase/scrypt
    "Firebase's scrypt",
    "user1password",
    "$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
  ],
  [
    // The reference implementation's own tests.
    "argon2id",
    "password",
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
  ],
] as const;

describe("a hash that another system made", () => {
  it.each(PUBLISHED)("%s: fits its password as published", async (_, password, hash) => {
    const stored = await sealForeignHash(vault, hash);
    expect(await hashes.verify(password, stored)).toBe(true);
    expect(await hashes.verify(`${password}.`, stored)).toBe(false);
  });

  it.each(Object.entries(FOREIGN_HASHES))("%s: fits its password and no other", async (_, hash) => {
    const stored = await sealForeignHash(vault, hash);
    expect(await hashes.verify(FOREIGN_PASSWORD, stored)).toBe(true);
    expect(await hashes.verify("gentle otter 🐻", stored)).toBe(false);
  });

  it("is outdated from the start", async () => {
    expect(await hashes.isOutdated(await sealForeignHash(vault, CHEAP_FOREIGN_HASH))).toBe(true);
  });

  it.each([
    [
      "as it was typed",
      "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$CkgNdL2kMmocuqhcqfAgHg0LmgKsXn2AYAlaIyF5URc",
    ],
    [
      "in one form",
      "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$TqRpDGDt8VBMVLqWlnVg35bbjwCvqR9xMVuHcGkua/E",
    ],
  ])("fits a password that its system hashed %s", async (_, hash) => {
    const typed = "ﬁne otter ①";
    const stored = await sealForeignHash(vault, hash);
    expect(await hashes.verify(typed.normalize("NFKC"), stored, { asTyped: typed })).toBe(true);
    expect(await hashes.verify("fine otter 2", stored, { asTyped: "ﬁne otter ②" })).toBe(false);
  });

  it("is told by nothing that is stored, and by no other secret", async () => {
    const stored = await sealForeignHash(vault, CHEAP_FOREIGN_HASH);
    expect(stored).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);
    const other = createPasswordHashes({ current: `${SECRET}er`, previous: null }, 1_000);
    expect(await other.verify(FOREIGN_PASSWORD, stored)).toBe(false);
    const next = createPasswordHashes({ current: `${SECRET}er`, previous: SECRET }, 1_000);
    expect(await next.verify(FOREIGN_PASSWORD, stored)).toBe(true);
  });

  it("never fits where the text itself is stored, unsealed", async () => {
    expect(await hashes.verify(FOREIGN_PASSWORD, CHEAP_FOREIGN_HASH)).toBe(false);
  });
});

describe("PBKDF2 step by step, which production demands beyond 100,000 iterations", () => {
  it.each([
    "PBKDF2-SHA-1, longer than a block",
    "PBKDF2-SHA-256, as Keycloak made it",
    "PBKDF2-SHA-512, as passlib writes it",
  ] as const)("%s: comes to the same, and says every 10,000 that it is there", async (name) => {
    const foreign = readForeignHash(FOREIGN_HASHES[name]);
    if (foreign.scheme !== "pbkdf2") {
      throw new Error("no PBKDF2");
    }
    const stillHere = vi.fn();
    const password = new TextEncoder().encode(FOREIGN_PASSWORD);
    expect(await pbkdf2InSteps(password, foreign, stillHere)).toEqual(foreign.hash);
    expect(stillHere).toHaveBeenCalledTimes(Math.floor((foreign.iterations - 1) / 10_000));
  });

  it("asks the platform for no more than 100,000 at once", async () => {
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    const stored = await sealForeignHash(
      vault,
      FOREIGN_HASHES["PBKDF2-SHA-256 of more than one call"],
    );
    expect(await hashes.verify(FOREIGN_PASSWORD, stored)).toBe(true);
    const calls = spy.mock.calls.map(([algorithm]) => algorithm as { name: string });
    expect(calls.filter(({ name }) => name === "PBKDF2")).toEqual([]);
  });
});

describe("a password on a hash of another system", () => {
  const typed = "ﬁne otter ①";
  const normal = "fine otter 1";

  /** Whether it fits, and the iterations that the platform was asked for: of all, and of what pays the rest. */
  async function checked(hash: string | null, typed: string, iterations: number) {
    const stored = hash && (await seal(hash));
    const own = createPasswordHashes({ current: SECRET, previous: null }, iterations);
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    const fits = await own.verify(typed.normalize("NFKC"), stored, { asTyped: typed });
    const calls = spy.mock.calls
      .map(([algorithm]) => algorithm as { name: string; iterations: number; salt: Uint8Array })
      .filter(({ name }) => name === "PBKDF2");
    spy.mockRestore();
    const sum = (of: typeof calls) => of.reduce((all, call) => all + call.iterations, 0);
    const rest = calls.filter(({ salt }) => salt.every((byte) => byte === 0));
    return { fits, all: sum(calls), rest: sum(rest) };
  }

  it.each([
    { what: "no hash at all", of: null, iterations: 0, fits: false },
    { what: "one of another password", of: "another otter", iterations: 20_000, fits: false },
    { what: "its own, as typed", of: typed, iterations: 20_000, fits: true },
    { what: "its own, in NFKC", of: normal, iterations: 20_000, fits: true },
    { what: "half of one of ours", of: "another otter", iterations: 25_000, fits: false },
    { what: "more than half of ours", of: "another otter", iterations: 25_001, fits: false },
    { what: "more than half of ours, its own", of: typed, iterations: 25_001, fits: true },
    { what: "as dear a one as ours", of: "another otter", iterations: 50_000, fits: false },
    { what: "as dear a one as ours, its own", of: typed, iterations: 50_000, fits: true },
  ])("ENU-02: costs what an unknown address costs: $what", async ({ of, iterations, fits }) => {
    const hash = of === null ? null : await pbkdf2Hash(iterations, of);
    expect(await checked(hash, typed, 50_000)).toMatchObject({ fits, all: 50_000 });
  });

  it.each(Object.entries(FOREIGN_HASHES))(
    "ENU-02: costs what is left to one of ours, wrong or right, in one spelling or two: %s",
    async (_, hash) => {
      const worth = iterationsWorth(readForeignHash(hash));
      const ours = 2 * worth + 1_000;
      const rest = async (password: string, iterations: number) =>
        (await checked(hash, password, iterations)).rest;
      expect(await rest(FOREIGN_PASSWORD, ours)).toBe(ours - worth);
      expect(await rest("another otter", ours)).toBe(ours - worth);
      expect(await rest(typed, ours)).toBe(1_000);
      expect(await rest(typed, 2 * worth - 1)).toBe(worth - 1);
    },
  );

  it.each([
    {
      what: "scrypt, which better-auth makes of NFKC",
      hash: "$scrypt$ln=4,r=8,p=1$AAECAwQFBgcICQoLDA0ODw$TqRpDGDt8VBMVLqWlnVg35bbjwCvqR9xMVuHcGkua/E",
    },
    { what: "any other, of what was typed", hash: null },
  ])("is tried in its likelier spelling where both would cost too much: $what", async (given) => {
    const hash = given.hash ?? (await pbkdf2Hash(300, typed));
    const worth = iterationsWorth(readForeignHash(hash));
    expect((await checked(hash, typed, worth)).fits).toBe(true);
  });
});

describe("a password in a tenant whose dearest hash costs more than one of ours", () => {
  const OURS = 50_000;
  const DEAREST = 90_000;
  const wrong = "another otter";

  it.each([
    { what: "no hash at all", hash: async () => null },
    { what: "one of ours", hash: () => ownHashes().hash(FOREIGN_PASSWORD) },
    { what: "a foreign one, cheaper than ours", hash: () => foreign(20_000) },
    { what: "a foreign one, dearer than ours", hash: () => foreign(60_000) },
    { what: "the dearest", hash: () => foreign(DEAREST) },
  ])("ENU-02: costs as much as that where it is wrong, on $what", async ({ hash }) => {
    expect(await asked(wrong, await hash())).toEqual({ fits: false, iterations: DEAREST });
  });

  it.each([
    { what: "one of ours", hash: () => ownHashes().hash(FOREIGN_PASSWORD), iterations: OURS },
    { what: "a foreign one, cheaper", hash: () => foreign(20_000), iterations: OURS },
    { what: "a foreign one, dearer", hash: () => foreign(60_000), iterations: 60_000 },
  ])("costs no more than before where it is right, on $what", async ({ hash, iterations }) => {
    expect(await asked(FOREIGN_PASSWORD, await hash())).toEqual({ fits: true, iterations });
  });

  it("costs what one of ours does where the dearest was cheaper", async () => {
    expect(await asked(wrong, null, OURS - 1)).toEqual({ fits: false, iterations: OURS });
  });

  it("is let go on between no more than 100,000 iterations", async () => {
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    await ownHashes().verify(wrong, null, { dearestHash: 3 * OURS });
    const calls = spy.mock.calls.map(([algorithm]) => algorithm as { iterations?: number });
    expect(calls.flatMap(({ iterations }) => iterations ?? [])).toEqual([100_000, 50_000]);
  });

  it("waits for what is beyond four of ours, as long as that would take, and holds up no other", async () => {
    // A clock that moves by the work alone.
    let now = Date.now();
    vi.spyOn(Date, "now").mockImplementation(() => now);
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    let iterations = 0;
    vi.spyOn(crypto.subtle, "deriveBits").mockImplementation((algorithm, ...rest) => {
      iterations += (algorithm as { iterations?: number }).iterations ?? 0;
      now += ((algorithm as { iterations?: number }).iterations ?? 0) / 1_000;
      return derive(algorithm, ...rest);
    });
    const own = ownHashes();
    const waited: { ms: number; end: () => void }[] = [];
    vi.spyOn(scheduler, "wait").mockImplementation((ms) =>
      ms === 0 ? Promise.resolve() : new Promise((end) => void waited.push({ ms, end })),
    );
    let isAnswered = false;
    const guess = own.verify(wrong, null, { dearestHash: 10 * OURS }).then((fits) => {
      isAnswered = true;
      return fits;
    });
    await own.hash(wrong);

    expect(iterations).toBe(4 * OURS + OURS);
    expect(waited.map(({ ms }) => ms)).toContain((6 * OURS) / 1_000);
    expect(isAnswered).toBe(false);
    for (const { end } of waited) {
      end();
    }
    expect(await guess).toBe(false);
  });

  function ownHashes() {
    return createPasswordHashes({ current: SECRET, previous: null }, OURS);
  }

  async function foreign(iterations: number): Promise<string> {
    return seal(await pbkdf2Hash(iterations, FOREIGN_PASSWORD));
  }

  /** Whether it fits, and what the platform was asked for. */
  async function asked(password: string, stored: string | null, dearestHash = DEAREST) {
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    const fits = await ownHashes().verify(password, stored, { dearestHash });
    const calls = spy.mock.calls.map(([algorithm]) => algorithm as { iterations?: number });
    spy.mockRestore();
    return { fits, iterations: calls.reduce((sum, call) => sum + (call.iterations ?? 0), 0) };
  }
});

describe("a guess that was let in", () => {
  it.each([
    ["a hash of another system", () => sealForeignHash(vault, CHEAP_FOREIGN_HASH)],
    ["a hash of ours with fewer iterations", () => hashes.hash(FOREIGN_PASSWORD)],
  ])("is never refused after the comparison, however many wait then: %s", async (_, make) => {
    const stored = await make();
    const own = createPasswordHashes({ current: SECRET, previous: null }, 100_000);
    const sign = crypto.subtle.sign.bind(crypto.subtle);
    const guess = new TextEncoder().encode("another otter");
    let crowd: Promise<unknown>[] = [];
    vi.spyOn(crypto.subtle, "sign").mockImplementation(async (algorithm, key, data) => {
      const bytes = new Uint8Array(data as ArrayBuffer);
      if (
        crowd.length === 0 &&
        bytes.length === guess.length &&
        bytes.every((b, i) => b === guess[i])
      ) {
        // It begins what is left to one of ours. So many come now that some are turned away.
        crowd = Array.from({ length: 40 }, () => own.verify("badger", null));
        await Promise.any(
          crowd.map((each) =>
            each.then(
              () => Promise.reject(),
              () => {},
            ),
          ),
        );
      }
      return sign(algorithm, key, data);
    });
    expect(await own.verify("another otter", stored)).toBe(false);
    await Promise.allSettled(crowd);
  });
});

describe("a hash that is taken", () => {
  const salt = "AAECAwQFBgcICQoLDA0ODw";
  const hash = "nuOzCbEPVl03BPCwtEG4S+4GxvdHBJz7m5rfAafI2PE";

  it.each([
    CHEAP_FOREIGN_HASH.replace("$04$", "$11$"),
    CHEAP_FOREIGN_HASH.replace("$2b$", "$2y$"),
    `$scrypt$ln=15,r=8,p=2$${salt}$${hash}`,
    `$argon2id$v=19$m=65536,t=4,p=1$${salt}$${hash}`,
    `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${hash}`,
    `$pbkdf2-sha512$i=210000$${salt}$${hash}`,
    `$pbkdf2-sha256$i=600000,l=32$${salt}==$${hash}=`,
  ])("costs what it may at most, or is written as others do: %s", (text) => {
    expect(readForeignHash(text)).toMatchObject({ scheme: expect.any(String) as string });
  });
});

describe("a hash that is not taken", () => {
  const salt = "AAECAwQFBgcICQoLDA0ODw";
  const hash = "nuOzCbEPVl03BPCwtEG4S+4GxvdHBJz7m5rfAafI2PE";

  it.each([
    ["MD5", "$1$abc$def", "is of no kind that is known here"],
    ["argon2i", `$argon2i$v=19$m=64,t=1,p=1$${salt}$${hash}`, "is of no kind"],
    ["one of our own", `$pbkdf2-sha256-chain$i=1000,k=f522a9d1$${salt}$${hash}`, "is of no kind"],
    ["nothing", "", "is of no kind"],
    ["a name that objects have", "$constructor$", "is of no kind"],
    [
      "bcrypt of cost 12",
      CHEAP_FOREIGN_HASH.replace("$04$", "$12$"),
      "cost may be 11 at most, and is 12",
    ],
    ["bcrypt of cost 3", CHEAP_FOREIGN_HASH.replace("$04$", "$03$"), "at least 4"],
    ["bcrypt that is cut off", CHEAP_FOREIGN_HASH.slice(0, -1), "is not written as bcrypt is"],
    [
      "scrypt of 64 MiB",
      `$scrypt$ln=16,r=8,p=1$${salt}$${hash}`,
      "memory in MiB may be 32 at most, and is 64",
    ],
    [
      "scrypt of three times the work",
      `$scrypt$ln=15,r=8,p=3$${salt}$${hash}`,
      "N·r·p may be 524288",
    ],
    ["scrypt of 2^99", `$scrypt$ln=99,r=8,p=1$${salt}$${hash}`, "memory in MiB may be 32 at most"],
    [
      "scrypt without lanes",
      `$scrypt$ln=4,r=8,p=0$${salt}$${hash}`,
      "whole numbers from 2, 1 and 1",
    ],
    [
      "argon2id of 65 MiB",
      `$argon2id$v=19$m=66560,t=1,p=1$${salt}$${hash}`,
      "memory in KiB may be 65536",
    ],
    [
      "argon2id of many passes",
      `$argon2id$v=19$m=65536,t=5,p=1$${salt}$${hash}`,
      "times its passes may be 262144",
    ],
    [
      "argon2id of an old version",
      `$argon2id$v=16$m=64,t=1,p=1$${salt}$${hash}`,
      "not written as argon2id, version 19",
    ],
    [
      "argon2id of too little memory",
      `$argon2id$v=19$m=64,t=1,p=9$${salt}$${hash}`,
      "out of their range",
    ],
    [
      "PBKDF2 of a million",
      `$pbkdf2-sha256$i=1000000$${salt}$${hash}`,
      "PBKDF2-SHA-256's iterations may be 600000",
    ],
    ["PBKDF2 of none", `$pbkdf2-sha256$i=0$${salt}$${hash}`, "at least one iteration"],
    ["a short hash", `$pbkdf2-sha256$i=1$${salt}$AAEC`, "itself is no Base64 of a usual length"],
    ["an endless salt", `$pbkdf2-sha256$i=1$${"A".repeat(400)}$${hash}`, "the salt"],
    ["a salt that is no Base64", `$pbkdf2-sha256$i=1$*$${hash}`, "the salt"],
    [
      "Firebase's without its key",
      `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=AAEC$${salt}$${hash}`,
      "signer key and its hashes have the same length",
    ],
  ])("%s: says why, and shows nothing of it", async (_, text, why) => {
    const problem = await sealForeignHash(vault, text).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ForeignHashProblem);
    const { message } = problem as ForeignHashProblem;
    expect(message).toContain(why);
    expect(message).not.toContain(salt);
    expect(message).not.toContain(hash);
  });

  it("never fits, at the cost of any other, where it was stored before the limits sank", async () => {
    const dear = CHEAP_FOREIGN_HASH.replace("$04$", "$12$");
    expect(() => readForeignHash(dear)).toThrow(ForeignHashProblem);
    const stored = await vault.seal("foreign-password-hash", dear);
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    expect(await hashes.verify(FOREIGN_PASSWORD, stored)).toBe(false);
    const last = spy.mock.calls.at(-1)?.[0] as { iterations: number };
    expect(last.iterations).toBe(1_000);
  });
});
