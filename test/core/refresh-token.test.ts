import { describe, expect, it } from "vitest";
import { readRefreshToken, refreshTokenFor } from "../../src/core/session/refresh-token.ts";
import type { Terms } from "../../src/core/terms.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { createSealer } from "../../src/crypto/sealed-token.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";

const sealer = createSealer({ current: SECRET, previous: null });
const terms: Terms = {
  contract: "one",
  accessToken: { form: "jwt", lifetimeSeconds: 60 },
  refreshToken: { prefix: "rt_" },
  session: { idleSeconds: 60, absoluteSeconds: 600 },
};

const sessionId = "0197f2aa-0000-7abc-8def-0123456789ab";

async function tokenFor(generation = 0, id = sessionId, of = terms) {
  const token = await refreshTokenFor(sealer, of, { sessionId: id, generation });
  if (token === null) {
    throw new Error("no token was issued");
  }
  return token;
}

describe("a refresh token", () => {
  it.each([0, 1, 2, 255, 256, 65_536, 2 ** 31, 2 ** 32 - 1])(
    "says which session it is for and its generation: %d",
    async (generation) => {
      const read = await readRefreshToken(sealer, terms, await tokenFor(generation));
      expect(read).toEqual({ sessionId, generation });
    },
  );

  it("carries any session id through unchanged", async () => {
    const ids = Array.from({ length: 200 }, () => randomness.id(new Date()));
    const read = await Promise.all(
      ids.map(async (id) => readRefreshToken(sealer, terms, await tokenFor(3, id))),
    );
    expect(read).toEqual(ids.map((id) => ({ sessionId: id, generation: 3 })));
  });

  it("is the same every time for the same generation", async () => {
    expect(await tokenFor(7)).toBe(await tokenFor(7));
  });

  it("differs from generation to generation and from session to session", async () => {
    const tokens = [
      await tokenFor(7),
      await tokenFor(8),
      await tokenFor(7, "0197f2aa-0000-7abc-8def-0123456789ac"),
    ];
    expect(new Set(tokens).size).toBe(3);
  });

  it("begins with its contract's prefix and needs no escaping in a URL", async () => {
    expect(await tokenFor()).toMatch(/^rt_[\w-]{60,}$/);
  });

  it("is not issued by a contract that has none", async () => {
    const none: Terms = { ...terms, refreshToken: null };
    expect(await refreshTokenFor(sealer, none, { sessionId, generation: 0 })).toBeNull();
  });
});

describe("a token is not read when", () => {
  it("any one of its characters is another", async () => {
    const token = await tokenFor();
    const read = await Promise.all(
      everyOtherCharacter(token).map((altered) => readRefreshToken(sealer, terms, altered)),
    );
    expect(read.length).toBe(token.length * 2);
    expect(read.filter((content) => content !== null)).toEqual([]);
  });

  it.each<[string, (token: string) => string]>([
    ["it is empty", () => ""],
    ["it is its prefix only", () => "rt_"],
    ["its prefix is missing", (token) => token.slice(3)],
    ["its prefix is in upper case", (token) => token.replace("rt_", "RT_")],
    ["its prefix is there twice", (token) => `rt_${token}`],
    ["its last character is missing", (token) => token.slice(0, -1)],
    ["a character is added", (token) => `${token}A`],
    ["padding is added", (token) => `${token}=`],
    ["a space is around it", (token) => ` ${token} `],
    ["a newline is inside", (token) => `${token.slice(0, 20)}\n${token.slice(20)}`],
    ["it is there twice", (token) => token + token],
  ])("%s", async (_, alter) => {
    expect(await readRefreshToken(sealer, terms, alter(await tokenFor()))).toBeNull();
  });

  it("it is of another contract, even under the same prefix", async () => {
    expect(
      await readRefreshToken(sealer, { ...terms, contract: "two" }, await tokenFor()),
    ).toBeNull();
  });

  it("its contract has another prefix by now", async () => {
    const renamed: Terms = { ...terms, refreshToken: { prefix: "new_" } };
    expect(await readRefreshToken(sealer, renamed, await tokenFor())).toBeNull();
  });

  it("its contract issues none", async () => {
    expect(
      await readRefreshToken(sealer, { ...terms, refreshToken: null }, await tokenFor()),
    ).toBeNull();
  });

  it("it was signed under another master secret", async () => {
    const stranger = createSealer({ current: OTHER_SECRET, previous: null });
    expect(await readRefreshToken(stranger, terms, await tokenFor())).toBeNull();
  });

  it.each([0, 1, 16, 19, 21, 24, 36])(
    "it was signed for its contract, but holds %d bytes where there must be 20",
    async (length) => {
      const signed = await sealer.sign("refresh-token/one", new Uint8Array(length));
      expect(await readRefreshToken(sealer, terms, `rt_${signed}`)).toBeNull();
    },
  );
});

it("a refresh token of the master secret before is read until that is forgotten", async () => {
  const rotated = createSealer({ current: OTHER_SECRET, previous: SECRET });
  expect(await readRefreshToken(rotated, terms, await tokenFor(5))).toEqual({
    sessionId,
    generation: 5,
  });
});
