import { describe, expect, it } from "vitest";
import {
  digestsOfLoginCode,
  drawLoginCode,
  drawLongLoginCode,
} from "../../src/core/login-code/login-code.ts";
import type { Randomness } from "../../src/core/ports.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";
import { startService } from "../support/service.ts";

const DIGITS = "0123456789";

/** Gives these 32-bit numbers in order, then zero. */
function scripted(...numbers: number[]): Randomness {
  return {
    ...randomness,
    bytes: (count) => {
      const drawn = new Uint8Array(count);
      new DataView(drawn.buffer).setUint32(0, numbers.shift() ?? 0);
      return drawn;
    },
  };
}

describe("a drawn login code", () => {
  const codes = Array.from({ length: 10_000 }, () => drawLoginCode(randomness));

  it("is six digits", () => {
    expect(codes.filter((code) => !/^\d{6}$/.test(code))).toEqual([]);
    expect(drawLoginCode(scripted(42))).toBe("000042");
  });

  it.each([0, 1, 2, 3, 4, 5])("has every digit equally often at position %d", (position) => {
    const digits = codes.map((code) => code.charAt(position));

    expect(chiSquared(digits, DIGITS)).toBeLessThan(chiSquaredBound(DIGITS));
  });

  it("passes over numbers that would favour the lower codes", () => {
    expect(drawLoginCode(scripted(4_293_999_999))).toBe("999999");
    expect(drawLoginCode(scripted(4_294_000_000, 7))).toBe("000007");
    expect(drawLoginCode(scripted(4_294_967_295, 7))).toBe("000007");
  });
});

describe("a drawn login code that nobody guesses", () => {
  const LETTERS = "23456789abcdefghijkmnpqrstuvwxyz";
  const codes = Array.from({ length: 10_000 }, () => drawLongLoginCode(randomness));

  it("is thirteen letters in groups, none of which look alike, and never the same", () => {
    const form = /^[2-9a-km-np-z]{4}-[2-9a-km-np-z]{4}-[2-9a-km-np-z]{5}$/;
    expect(codes.filter((code) => !form.test(code))).toEqual([]);
    expect(new Set(codes).size).toBe(10_000);
  });

  it.each([0, 3, 5, 8, 10, 14])("has every letter equally often at position %d", (position) => {
    const letters = codes.map((code) => code.charAt(position));

    expect(chiSquared(letters, LETTERS)).toBeLessThan(chiSquaredBound(LETTERS));
  });
});

describe("what a login code is kept as", () => {
  const { sealer } = startService().ports;
  const mailbox = { tenantId: "a-tenant", email: "robin@example.test" };
  const digest = async (change: Partial<typeof mailbox>, code = "123456") =>
    (await digestsOfLoginCode(sealer, { ...mailbox, ...change }, code))[0];

  it("is the same however the code is spaced, and does not show it", async () => {
    expect(await digest({}, " 123 456\n")).toBe(await digest({}));
    expect(await digest({}, "ABCD efgh–jk mnp ")).toBe(await digest({}, "abcd-efgh-jkmnp"));
    expect(await digest({})).not.toContain("123456");
  });

  it("is another one for another code, address or tenant", async () => {
    const all = await Promise.all([
      digest({}),
      digest({}, "123457"),
      digest({ email: "robyn@example.test" }),
      digest({ tenantId: "another" }),
    ]);

    expect(new Set(all).size).toBe(4);
  });
});
