import { describe, expect, it } from "vitest";
import { sameBytes } from "../../src/bytes/same-bytes.ts";
import { sameText } from "../../src/bytes/same-text.ts";
import { sha256 } from "../../src/bytes/sha-256.ts";
import { sha256Hex } from "../../src/bytes/sha-256-hex.ts";

describe("bytes", () => {
  it.each([
    [[], [], true],
    [[1, 2], [1, 2], true],
    [[1, 2], [1, 3], false],
    [[1, 2], [1, 2, 0], false],
    [[], [0], false],
  ])("%j and %j: the same is %s", (a, b, are) => {
    expect(sameBytes(Uint8Array.from(a), Uint8Array.from(b))).toBe(are);
  });

  it("of texts are the same where they are the same letters", () => {
    expect(sameText("ä€", "ä€")).toBe(true);
    // As many letters, and fewer bytes.
    expect(sameText("ä€", "ab")).toBe(false);
    expect(sameText("ä", "a\u0308")).toBe(false);
    expect(sameText("", "")).toBe(true);
  });

  it("have the digest of FIPS 180-4, in lower-case hex", async () => {
    const digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    expect(await sha256Hex("abc")).toBe(digest);
    expect((await sha256("abc")).toHex()).toBe(digest);
    expect(await sha256Hex("ä")).toBe(
      "33e6d73fee82904c8d7afb78de1154d1e8dc2a0edb08120e63df5b9385c2d9cc",
    );
  });
});
