import { describe, expect, it } from "vitest";
import {
  digestsOfRecoveryCode,
  drawRecoveryCodes,
  recoveryDigests,
} from "../../src/core/second-factor/recovery-codes.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";

const ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";
const SHAPE = /^[2-9a-km-np-z]{5}-[2-9a-km-np-z]{5}$/;
const SECRET = "a-master-secret-that-is-long-enough";
const NEW_SECRET = "another-master-secret-of-good-length";

const context = { vault: createVault({ current: SECRET, previous: null }) };
const rotating = { vault: createVault({ current: NEW_SECRET, previous: SECRET }) };

describe("drawn recovery codes", () => {
  const codes = Array.from({ length: 1_000 }, () => drawRecoveryCodes(randomness)).flat();

  it("are eight at a time, all different", () => {
    expect(drawRecoveryCodes(randomness)).toHaveLength(8);
    expect(new Set(codes).size).toBe(8_000);
  });

  it("are two groups of five letters and digits that do not look alike", () => {
    expect(codes.filter((code) => !SHAPE.test(code))).toEqual([]);
  });

  it.each([0, 1, 2, 3, 4, 6, 7, 8, 9, 10])(
    "have every letter equally often at position %d",
    (position) => {
      const letters = codes.map((code) => code.charAt(position));
      expect(chiSquared(letters, ALPHABET)).toBeLessThan(chiSquaredBound(ALPHABET));
    },
  );

  it("take each letter from as many bytes as any other", () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 256; byte++) {
      const bytes = (count: number) => new Uint8Array(count).fill(byte);
      const [code = ""] = drawRecoveryCodes({ ...randomness, bytes });
      counts.set(code.charAt(0), (counts.get(code.charAt(0)) ?? 0) + 1);
    }
    expect([...counts.keys()].sort().join("")).toBe(ALPHABET);
    expect(new Set(counts.values())).toEqual(new Set([8]));
  });
});

describe("a typed recovery code", () => {
  it.each([
    ["as shown", "ab2cd-ef3gh"],
    ["in upper case", "AB2CD-EF3GH"],
    ["without the dash", "ab2cdef3gh"],
    ["with a space for the dash", "ab2cd ef3gh"],
    ["with an en dash", "ab2cd–ef3gh"],
    ["with spaces around it", "  ab2cd-ef3gh\n"],
    ["in groups of two", "ab-2c-de-f3-gh"],
  ])("leads to what is stored, %s", async (_, typed) => {
    const stored = await recoveryDigests(context, "account-1", ["ab2cd-ef3gh"]);
    expect(await digestsOfRecoveryCode(context, "account-1", typed)).toEqual(stored);
  });

  it.each([
    ["another", "ab2cd-ef3gi"],
    ["a letter too few", "ab2cd-ef3g"],
    ["a letter too many", "ab2cd-ef3ghh"],
    ["nothing", ""],
    ["only a dash", "-"],
  ])("leads elsewhere: %s", async (_, typed) => {
    const stored = await recoveryDigests(context, "account-1", ["ab2cd-ef3gh"]);
    expect(await digestsOfRecoveryCode(context, "account-1", typed)).not.toEqual(stored);
  });

  it("is good for its own account only", async () => {
    const mine = await digestsOfRecoveryCode(context, "account-1", "ab2cd-ef3gh");
    expect(await digestsOfRecoveryCode(context, "account-2", "ab2cd-ef3gh")).not.toEqual(mine);
  });

  it("is found under the master secret before, and stored under the current one alone", async () => {
    const [before] = await recoveryDigests(context, "account-1", ["ab2cd-ef3gh"]);
    const [now] = await recoveryDigests(rotating, "account-1", ["ab2cd-ef3gh"]);
    const looked = await digestsOfRecoveryCode(rotating, "account-1", "ab2cd-ef3gh");
    expect(now).not.toBe(before);
    expect(looked).toEqual([now, before]);
  });
});
