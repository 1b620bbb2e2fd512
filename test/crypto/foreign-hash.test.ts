import { afterEach, describe, expect, it, vi } from "vitest";
import { ForeignHashProblem, readForeignHash } from "../../src/crypto/foreign-hash/foreign-hash.ts";
import { pbkdf2InSteps } from "../../src/crypto/foreign-hash/pbkdf2-in-steps.ts";
import { sealForeignHash } from "../../src/crypto/foreign-hash/seal-foreign-hash.ts";
import { createPasswordHashes } from "../../src/crypto/password-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { CHEAP_FOREIGN_HASH, FOREIGN_HASHES, FOREIGN_PASSWORD } from "../support/foreign-hashes.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const vault = createVault({ current: SECRET, previous: null });
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
    expect(await hashes.verify(typed.normalize("NFKC"), stored, typed)).toBe(true);
    expect(await hashes.verify("fine otter 2", stored, "ﬁne otter ②")).toBe(false);
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

describe("a wrong password on a foreign hash", () => {
  const rest = async (iterations: number, password: string) => {
    const stored = await sealForeignHash(vault, CHEAP_FOREIGN_HASH);
    const own = createPasswordHashes({ current: SECRET, previous: null }, iterations);
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    await own.verify(password, stored);
    return spy.mock.calls
      .map(([algorithm]) => algorithm as { name: string; iterations: number })
      .filter(({ name }) => name === "PBKDF2")
      .reduce((sum, call) => sum + call.iterations, 0);
  };

  it("costs what it costs there and the rest of one of our own", async () => {
    expect(await rest(100_000, "another otter")).toBe(100_000 - 2 ** 4 * 600);
  });

  it("costs nothing more where it cost as much, nor does a right one", async () => {
    expect(await rest(2 ** 4 * 600, "another otter")).toBe(0);
    expect(await rest(100_000, FOREIGN_PASSWORD)).toBe(0);
  });
});

describe("a hash that is taken", () => {
  const salt = "AAECAwQFBgcICQoLDA0ODw";
  const hash = "nuOzCbEPVl03BPCwtEG4S+4GxvdHBJz7m5rfAafI2PE";

  it.each([
    CHEAP_FOREIGN_HASH.replace("$04$", "$12$"),
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
      "bcrypt of cost 13",
      CHEAP_FOREIGN_HASH.replace("$04$", "$13$"),
      "cost may be 12 at most, and is 13",
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
    const dear = CHEAP_FOREIGN_HASH.replace("$04$", "$13$");
    expect(() => readForeignHash(dear)).toThrow(ForeignHashProblem);
    const stored = await vault.seal("foreign-password-hash", dear);
    const spy = vi.spyOn(crypto.subtle, "deriveBits");
    expect(await hashes.verify(FOREIGN_PASSWORD, stored)).toBe(false);
    const last = spy.mock.calls.at(-1)?.[0] as { iterations: number };
    expect(last.iterations).toBe(1_000);
  });
});
