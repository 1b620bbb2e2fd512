import { describe, expect, it } from "vitest";
import { drawUserCode, readUserCode } from "../../src/core/device/user-code.ts";
import type { Randomness } from "../../src/core/ports.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";

const ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
const SHAPE = /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/;

/** Gives these bytes in order, then zeros. */
function scripted(script: readonly number[]): Randomness {
  let given = 0;
  return {
    ...randomness,
    bytes: (count) => Uint8Array.from({ length: count }, () => script[given++] ?? 0),
  };
}

describe("DEV-06: a drawn user code", () => {
  const codes = Array.from({ length: 10_000 }, () => drawUserCode(randomness));

  it("is four letters, a dash and four letters of an alphabet without vowels and look-alikes", () => {
    expect(codes.filter((code) => !SHAPE.test(code))).toEqual([]);
  });

  it("is one of enough that ten thousand in a row hardly ever repeat", () => {
    // Two of them are the same once in 500 runs; that three times over, once in a billion.
    expect(new Set(codes).size).toBeGreaterThanOrEqual(codes.length - 2);
  });

  it.each([0, 1, 2, 3, 5, 6, 7, 8])("has every letter equally often at position %d", (position) => {
    const letters = codes.map((code) => code.charAt(position));
    expect(chiSquared(letters, ALPHABET)).toBeLessThan(chiSquaredBound(ALPHABET));
  });

  it("has every pair of neighbours equally often, so that one letter tells nothing of the next", () => {
    const pairs = codes.map((code) =>
      String.fromCodePoint(
        0x100 + ALPHABET.indexOf(code.charAt(0)) * 20 + ALPHABET.indexOf(code.charAt(1)),
      ),
    );
    const possible = Array.from({ length: 400 }, (_, i) => String.fromCodePoint(0x100 + i)).join(
      "",
    );
    expect(chiSquared(pairs, possible)).toBeLessThan(chiSquaredBound(possible));
  });

  it("takes each letter from as many bytes as any other", () => {
    const counts = new Map<string, number>();
    for (let byte = 0; byte < 240; byte++) {
      const letter = drawUserCode(scripted([byte])).charAt(0);
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect([...counts.keys()].sort().join("")).toBe(ALPHABET);
    expect(new Set(counts.values())).toEqual(new Set([12]));
  });

  it.each(Array.from({ length: 16 }, (_, i) => 240 + i))(
    "passes over byte %d, which would favour the first letters",
    (byte) => {
      const code = drawUserCode(scripted([byte, 19, byte, byte, 18, 17, 16, 15, 14, 13, byte, 12]));
      expect(code).toBe("ZXWV-TSRQ");
    },
  );

  it("draws again when a whole helping of bytes is passed over", () => {
    const unfair = Array<number>(200).fill(255);
    expect(drawUserCode(scripted([...unfair, 0, 1, 2, 3, 4, 5, 6, 7]))).toBe("BCDF-GHJK");
  });
});

describe("DEV-07: reading a typed user code", () => {
  it.each([
    ["as shown", "BCDF-GHJK"],
    ["in lower case", "bcdf-ghjk"],
    ["in mixed case", "bCdF-GhJk"],
    ["without the dash", "BCDFGHJK"],
    ["in lower case without the dash", "bcdfghjk"],
    ["with a space for the dash", "BCDF GHJK"],
    ["with spaces around the dash", "BCDF - GHJK"],
    ["with a space after every letter", "B C D F G H J K "],
    ["with spaces around it", "  BCDF-GHJK\n"],
    ["with a tab", "BCDF\tGHJK"],
    ["with a no-break space", "BCDF\u00a0GHJK"],
    ["with an extra dash", "BC-DF-GH-JK"],
    ["with a dash at the end", "BCDF-GHJK-"],
    ["with an en dash", "BCDF–GHJK"],
    ["with an em dash", "BCDF—GHJK"],
    ["with a no-break hyphen", "BCDF‑GHJK"],
  ])("takes it %s", (_, typed) => {
    expect(readUserCode(typed)).toBe("BCDF-GHJK");
  });

  it("reads back every code that is drawn", () => {
    const codes = Array.from({ length: 500 }, () => drawUserCode(randomness));
    expect(codes.map(readUserCode)).toEqual(codes);
  });

  it.each([
    ["nothing", ""],
    ["only a dash", "-"],
    ["a letter too few", "BCDF-GHJ"],
    ["a letter too many", "BCDF-GHJKL"],
    ["two codes", "BCDF-GHJK BCDF-GHJK"],
    ["a vowel", "BCDF-GHJA"],
    ["a Y", "BCDF-GHJY"],
    ["a digit", "BCDF-GHJ0"],
    ["an underscore", "BCDF_GHJK"],
    ["a full stop", "BCDF.GHJK"],
    ["a Cyrillic letter that looks Latin", "ВCDF-GHJK"],
    ["a Latin letter with an accent", "BCDF-GHJḰ"],
    ["a letter outside the basic plane", "BCDF-GHJ𝐊"],
    ["a NUL", "BCDF-GHJK\0"],
    ["a device code's length of letters", "BCDFGHJK".repeat(16)],
  ])("refuses %s", (_, typed) => {
    expect(readUserCode(typed)).toBeNull();
  });
});
