import { describe, expect, it } from "vitest";
import { crc32 } from "../../src/core/key/crc32.ts";
import { drawKey, isKey, shownPart } from "../../src/core/key/key-format.ts";
import type { Randomness } from "../../src/core/ports.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const PREFIX = "plnx_live_";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The checksum of 32 zeros behind the prefix, computed with Python's zlib. */
const ZEROS = `${PREFIX}${"0".repeat(32)}3sUdVf`;

/** Gives these bytes in order, then zeros. */
function scripted(script: readonly number[]): Randomness {
  let given = 0;
  return {
    ...randomness,
    bytes: (count) => Uint8Array.from({ length: count }, () => script[given++] ?? 0),
  };
}

describe("a drawn key", () => {
  const keys = Array.from({ length: 2_000 }, () => drawKey(randomness, PREFIX));

  it("is the prefix, 32 random characters and 6 of checksum", () => {
    expect(keys.filter((key) => !/^plnx_live_[0-9A-Za-z]{38}$/.test(key))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("has every character equally often", () => {
    const drawn = keys.flatMap((key) => [...key.slice(PREFIX.length, -6)]);

    expect(chiSquared(drawn, BASE62)).toBeLessThan(chiSquaredBound(BASE62));
  });

  it("passes over the bytes that would favour some characters", () => {
    const unfair = Array.from({ length: 8 }, (_, over) => 248 + over);

    const key = drawKey(scripted([...unfair, 247, 61, 62]), PREFIX);

    expect(key.slice(PREFIX.length, PREFIX.length + 4)).toBe("zz00");
  });

  it("ends in the CRC-32 of what is before it, as base62", () => {
    expect(crc32("123456789")).toBe(0xcbf43926);
    expect(drawKey(scripted([]), PREFIX)).toBe(ZEROS);
  });

  it("is shown by its prefix and four characters", () => {
    expect(shownPart(`${PREFIX}abcdefgh`, PREFIX)).toBe(`${PREFIX}abcd`);
  });
});

describe("what can be a key", () => {
  const key = drawKey(randomness, PREFIX);

  it("is one that was drawn with the same prefix", () => {
    expect(isKey(key, PREFIX)).toBe(true);
    expect(isKey(key, "lk_svc_")).toBe(false);
    expect(isKey(key, "plnx_")).toBe(false);
  });

  it("is none with any one character replaced", () => {
    expect(everyOtherCharacter(key).filter((other) => isKey(other, PREFIX))).toEqual([]);
  });

  it.each([
    ["shorter", key.slice(0, -1)],
    ["longer", `${key}0`],
    ["with a line's end", `${key}\n`],
    ["between spaces", ` ${key} `],
    ["without its prefix", key.slice(PREFIX.length)],
    ["of a prefix alone", PREFIX],
    ["empty", ""],
  ])("is none that is %s", (_, text) => {
    expect(isKey(text, PREFIX)).toBe(false);
  });
});
