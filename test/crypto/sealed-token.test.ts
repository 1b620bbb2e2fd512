import { describe, expect, it } from "vitest";
import { fromBase64url, toBase64url } from "../../src/crypto/base64url.ts";
import { createSealer } from "../../src/crypto/sealed-token.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";
const THIRD_SECRET = "yet-another-master-secret-for-later";

const sealer = createSealer({ current: SECRET, previous: null });
const stranger = createSealer({ current: OTHER_SECRET, previous: null });
const rotated = createSealer({ current: OTHER_SECRET, previous: SECRET });
const rotatedTwice = createSealer({ current: THIRD_SECRET, previous: OTHER_SECRET });

const text = "session 42 of robin@meadow.example";
const content = new TextEncoder().encode(text);

/** Sealing and signing seen alike: text in, token out, text or null back. */
const kinds = [
  {
    kind: "a sealed token",
    make: (by: typeof sealer, purpose: string, what = text) => by.seal(purpose, what),
    read: (by: typeof sealer, purpose: string, token: string) => by.open(purpose, token),
  },
  {
    kind: "a signed token",
    make: (by: typeof sealer, purpose: string, what = text) =>
      by.sign(purpose, new TextEncoder().encode(what)),
    read: async (by: typeof sealer, purpose: string, token: string) => {
      const read = await by.verify(purpose, token);
      return read && new TextDecoder().decode(read);
    },
  },
];

/** Every byte of a token, one at a time, with one of its bits and with all of its bits turned. */
function everyOtherByte(token: string): string[] {
  const bytes = fromBase64url(token) ?? new Uint8Array();
  return [...bytes].flatMap((byte, position) =>
    [1, 0x80, 0xff].map((bits) => toBase64url(bytes.with(position, byte ^ bits))),
  );
}

describe.each(kinds)("$kind", ({ make, read }) => {
  it("is read for the purpose it was made for", async () => {
    expect(await read(sealer, "a", await make(sealer, "a"))).toBe(text);
  });

  it.each(["b", "", "A", "a/b", "HMAC/a", "AES-GCM/a"])(
    "is nothing for another purpose: %j",
    async (other) => {
      expect(await read(sealer, other, await make(sealer, "a"))).toBeNull();
    },
  );

  it("is read by another instance of the same secret", async () => {
    const again = createSealer({ current: SECRET, previous: null });
    expect(await read(again, "a", await make(sealer, "a"))).toBe(text);
  });

  it("is nothing under another secret", async () => {
    expect(await read(stranger, "a", await make(sealer, "a"))).toBeNull();
  });

  it("of the secret before is still read, and of the one before that no more", async () => {
    const token = await make(sealer, "a");
    expect(await read(rotated, "a", token)).toBe(text);
    expect(await read(rotatedTwice, "a", token)).toBeNull();
  });

  it("is made with the current secret while the one before is still read", async () => {
    expect(await read(stranger, "a", await make(rotated, "a"))).toBe(text);
  });

  it("is nothing when any bit of any byte is turned", async () => {
    const altered = everyOtherByte(await make(sealer, "a"));
    const opened = await Promise.all(altered.map((token) => read(rotated, "a", token)));
    expect(opened.length).toBeGreaterThan(3 * (text.length + 16));
    expect(opened.filter((found) => found !== null)).toEqual([]);
  });

  it("is nothing when any character is another, the spare bits of the last one included", async () => {
    // Contents of three lengths in a row, so that every number of spare bits comes up.
    for (const what of ["otters", "otter s", "otter  s"]) {
      const altered = everyOtherCharacter(await make(sealer, "a", what));
      const opened = await Promise.all(altered.map((token) => read(sealer, "a", token)));
      expect(opened.filter((found) => found !== null)).toEqual([]);
    }
  });

  it("is nothing when it is cut off anywhere, or longer than it was", async () => {
    const token = await make(sealer, "a");
    const cut = Array.from({ length: token.length }, (_, length) => token.slice(0, length));
    const altered = [
      ...cut,
      ...cut.slice(1).map((_, i) => token.slice(i + 1)),
      `${token}A`,
      `${token}AAAA`,
      token + token,
    ];
    const opened = await Promise.all(altered.map((one) => read(sealer, "a", one)));
    expect(opened.filter((found) => found !== null)).toEqual([]);
  });

  it.each<[string, (token: string) => string]>([
    ["padding", (token) => `${token}=`],
    ["more padding", (token) => `${token}==`],
    ["a space in front", (token) => ` ${token}`],
    ["a newline at the end", (token) => `${token}\n`],
    ["a space inside", (token) => `${token.slice(0, 8)} ${token.slice(8)}`],
    ["a full stop inside", (token) => `${token.slice(0, 8)}.${token.slice(8)}`],
    ["a letter that is not ASCII", (token) => `${token}é`],
    [
      "the other base64 alphabet",
      (token) => `${token.replace(/[-_]/g, (c) => (c === "-" ? "+" : "/"))}`,
    ],
  ])("is nothing in another spelling: %s", async (_, respell) => {
    let token = await make(sealer, "a");
    for (let i = 0; !/-|_/.test(token); i++) {
      token = await make(sealer, "a", `${text} ${i}`);
    }
    expect(await read(sealer, "a", respell(token))).toBeNull();
  });

  it.each(["", "A", "AA", "AAAA", "A".repeat(16), "A".repeat(43), "A".repeat(200), "é", "\0"])(
    "is not anything that was never made: %j",
    async (token) => {
      expect(await read(sealer, "a", token)).toBeNull();
    },
  );

  it("carries any text through unchanged", async () => {
    for (const what of ["x", "\0", "🦦 ünï", "x".repeat(5_000), " "]) {
      expect(await read(sealer, "a", await make(sealer, "a", what))).toBe(what);
    }
  });
});

describe("a sealed token", () => {
  it("differs every time, from its first character to its last", async () => {
    const tokens = await Promise.all(Array.from({ length: 200 }, () => sealer.seal("a", text)));
    const length = tokens[0]?.length ?? 0;
    for (let position = 0; position < length - 1; position++) {
      expect(new Set(tokens.map((token) => token.charAt(position))).size).toBeGreaterThan(20);
    }
  });

  it("shows nothing of its content", async () => {
    const token = await sealer.seal("a", text);
    const bytes = fromBase64url(token) ?? new Uint8Array();
    const shown = String.fromCharCode(...bytes);
    for (let start = 0; start + 6 <= text.length; start++) {
      expect(shown).not.toContain(text.slice(start, start + 6));
      expect(token).not.toContain(text.slice(start, start + 6));
    }
  });

  it("is not read as a signed one, nor a signed one as sealed", async () => {
    expect(await sealer.verify("a", await sealer.seal("a", text))).toBeNull();
    expect(await sealer.open("a", await sealer.sign("a", content))).toBeNull();
  });
});

describe("a signed token", () => {
  it("is the same every time for the same content and purpose, and another for any other", async () => {
    const token = await sealer.sign("a", content);
    expect(await sealer.sign("a", content)).toBe(token);
    expect(await sealer.sign("b", content)).not.toBe(token);
    expect(await sealer.sign("a", content.with(0, 0))).not.toBe(token);
    expect(await stranger.sign("a", content)).not.toBe(token);
  });
});

describe("base64url", () => {
  it("gives back what it was given, at every length", () => {
    for (let length = 0; length < 50; length++) {
      const bytes = crypto.getRandomValues(new Uint8Array(length));
      expect(fromBase64url(toBase64url(bytes))).toEqual(bytes);
    }
  });

  it.each([
    ["spare bits in two characters", "AB"],
    ["spare bits in three characters", "AAB"],
    ["a single character", "A"],
    ["five characters", "AAAAA"],
    ["padding", "AA=="],
    ["a plus sign", "AA+A"],
    ["a slash", "AA/A"],
    ["a space", "AA AA"],
    ["a newline at the end", "AAAA\n"],
  ])("reads one spelling only: refuses %s", (_, spelling) => {
    expect(fromBase64url(spelling)).toBeNull();
  });

  it("uses no character that a URL would escape", () => {
    const all = toBase64url(Uint8Array.from({ length: 256 }, (_, i) => i));
    expect(all).toMatch(/^[A-Za-z0-9_-]+$/);
  });
});
