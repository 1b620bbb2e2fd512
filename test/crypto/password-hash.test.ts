import { afterEach, describe, expect, it, vi } from "vitest";
import { ITERATIONS_PER_CALL } from "../../src/crypto/chained-hash.ts";
import { createPasswordHashes, ITERATIONS } from "../../src/crypto/password-hash.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";
const PASSWORD = "gentle otter 🦦";
const CHEAP = 1_000;

const cheap = createPasswordHashes({ current: SECRET, previous: null }, CHEAP);

/**
 * The same password, secret and salt (bytes 0 to 15), computed by another implementation of
 * PBKDF2, HKDF and HMAC.
 */
const KNOWN = {
  1000: "$pbkdf2-sha256-chain$i=1000,k=f522a9d1$AAECAwQFBgcICQoLDA0ODw$WyRUTFIzkZwJ2mLNtXWkQOIOJGxcp52pnqaGTi2aGhM",
  100000:
    "$pbkdf2-sha256-chain$i=100000,k=f522a9d1$AAECAwQFBgcICQoLDA0ODw$cF6Dva_Q9zXpp1GAPoBQhetRAqWLw6mULzhb2vJm5zc",
  250000:
    "$pbkdf2-sha256-chain$i=250000,k=f522a9d1$AAECAwQFBgcICQoLDA0ODw$XsO9ztqRQHew6iawRKKrxZd7Y7udA0wL6Z5-Rg-H__U",
  600000:
    "$pbkdf2-sha256-chain$i=600000,k=f522a9d1$AAECAwQFBgcICQoLDA0ODw$qKTxxPSDKqkLx9-JN_91ZxNvolPUt0QdxNMr-Fsumag",
};
const KNOWN_OF_OTHER_SECRET =
  "$pbkdf2-sha256-chain$i=1000,k=0dc0e079$AAECAwQFBgcICQoLDA0ODw$LZUidI33eDrEovbkWkpvn3cUCV3preCY37DHWZyNF2g";

afterEach(() => void vi.restoreAllMocks());

/** The iterations of each PBKDF2 call that some work makes of the platform. */
async function iterationsOf(work: () => Promise<unknown>): Promise<number[]> {
  const spy = vi.spyOn(crypto.subtle, "deriveBits");
  try {
    await work();
    return spy.mock.calls
      .map(([algorithm]) => algorithm as { name: string; iterations: number })
      .filter(({ name }) => name === "PBKDF2")
      .map(({ iterations }) => iterations);
  } finally {
    spy.mockRestore();
  }
}

const SIX_CALLS = Array<number>(6).fill(100_000);

describe("what a hash costs", () => {
  it("600,000 iterations, in calls of the 100,000 that production allows at most", () => {
    expect(ITERATIONS).toBe(600_000);
    expect(ITERATIONS_PER_CALL).toBe(100_000);
  });

  it("six calls of 100,000 iterations to make one, and six to check one", async () => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null });
    let hash = "";
    const making = await iterationsOf(async () => {
      hash = await hashes.hash(PASSWORD);
    });
    const checking = await iterationsOf(() => hashes.verify(PASSWORD, hash));

    expect(making).toEqual(SIX_CALLS);
    expect(checking).toEqual(SIX_CALLS);
    expect(hash).toMatch(/^\$pbkdf2-sha256-chain\$i=600000,k=[0-9a-f]{8}\$[\w-]{22}\$[\w-]{43}$/);
  });

  it.each([
    [1, [1]],
    [99_999, [99_999]],
    [100_000, [100_000]],
    [100_001, [100_000, 1]],
    [250_000, [100_000, 100_000, 50_000]],
  ])("%d iterations are spread over calls of at most 100,000", async (iterations, calls) => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null }, iterations);
    expect(await iterationsOf(() => hashes.hash(PASSWORD))).toEqual(calls);
  });
});

describe("a password without a hash to compare it with", () => {
  const good = KNOWN[1_000];

  it.each<[string, string | null]>([
    ["no account", null],
    ["an empty hash", ""],
    ["another algorithm's hash", "$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW"],
    ["a hash without its algorithm", good.replace("pbkdf2-sha256-chain", "")],
    ["a hash without its iterations", good.replace("i=1000,", "")],
    ["a negative number of iterations", good.replace("i=1000", "i=-1000")],
    ["a hash without its salt", good.replace("AAECAwQFBgcICQoLDA0ODw", "")],
    ["a salt that is not base64url", good.replace("AAECAwQFBgcICQoLDA0ODw", "A")],
    ["a hash that is cut off", good.slice(0, good.lastIndexOf("$") + 1)],
    ["something after the hash", `${good}$`],
    ["something before the hash", ` ${good}`],
    ["an unknown pepper", good.replace("k=f522a9d1", "k=00000000")],
    ["a pepper of a secret that is forgotten", KNOWN_OF_OTHER_SECRET],
  ])("%s: costs as much as any other and never matches", async (_, hash) => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null }, 250_000);
    let matches: boolean | undefined;
    const calls = await iterationsOf(async () => {
      matches = await hashes.verify(PASSWORD, hash);
    });
    expect(matches).toBe(false);
    expect(calls).toEqual([100_000, 100_000, 50_000]);
  });

  it("costs six calls of 100,000 under the real parameters", async () => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null });
    expect(await iterationsOf(() => hashes.verify(PASSWORD, null))).toEqual(SIX_CALLS);
  });
});

describe("a hash and its password", () => {
  it.each(Object.entries(KNOWN))(
    "%s iterations: agree with another implementation, to make and to check",
    async (iterations, known) => {
      const hashes = createPasswordHashes({ current: SECRET, previous: null }, Number(iterations));
      vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
        (array as unknown as Uint8Array).set(Array.from({ length: 16 }, (_, i) => i));
        return array;
      });
      expect(await hashes.hash(PASSWORD)).toBe(known);
      expect(await hashes.verify(PASSWORD, known)).toBe(true);
    },
  );

  it("match", async () => {
    expect(await cheap.verify(PASSWORD, await cheap.hash(PASSWORD))).toBe(true);
  });

  it("are checked by the hash's own iterations, whatever the setting is by now", async () => {
    expect(await iterationsOf(() => cheap.verify(PASSWORD, KNOWN[250_000]))).toHaveLength(3);
    expect(await cheap.verify(PASSWORD, KNOWN[250_000])).toBe(true);
  });

  it.each([
    ["another", "gentle otter 🐻"],
    ["in upper case", "GENTLE OTTER 🦦"],
    ["with a space after it", "gentle otter 🦦 "],
    ["without its end", "gentle otter "],
    ["with a NUL after it", "gentle otter 🦦\0"],
    ["empty", ""],
    ["the hash itself", KNOWN[1_000]],
  ])("do not match when the password is %s", async (_, password) => {
    expect(await cheap.verify(password, KNOWN[1_000])).toBe(false);
  });

  it("do not match when any character of salt or hash is another", async () => {
    const start = KNOWN[1_000].indexOf("$AAEC") + 1;
    const head = KNOWN[1_000].slice(0, start);
    const altered = everyOtherCharacter(KNOWN[1_000].slice(start)).map((tail) => head + tail);
    const matches: string[] = [];
    for (const hash of altered) {
      if (await cheap.verify(PASSWORD, hash)) {
        matches.push(hash);
      }
    }
    expect(matches).toEqual([]);
  });

  it("do not match when the hash is cut short, so that a part of it is not enough", async () => {
    expect(await cheap.verify(PASSWORD, KNOWN[1_000].slice(0, -11))).toBe(false);
  });

  it.each([64, 72, 128, 256, 1024])(
    "PWD-02: depend on the last of %d characters",
    async (length) => {
      const password = "o".repeat(length - 1);
      const hash = await cheap.hash(`${password}t`);
      expect(await cheap.verify(`${password}t`, hash)).toBe(true);
      expect(await cheap.verify(`${password}u`, hash)).toBe(false);
      expect(await cheap.verify(password, hash)).toBe(false);
    },
  );

  it("depend on what follows a NUL", async () => {
    const hash = await cheap.hash("otter\0one");
    expect(await cheap.verify("otter\0two", hash)).toBe(false);
  });

  it("are salted: ten hashes of one password are all different", async () => {
    const made = await Promise.all(Array.from({ length: 10 }, () => cheap.hash(PASSWORD)));
    expect(new Set(made.map((hash) => hash.split("$")[3])).size).toBe(10);
    expect(new Set(made.map((hash) => hash.split("$")[4])).size).toBe(10);
  });

  it("are peppered: another master secret gives another hash of the same salt", () => {
    expect(KNOWN_OF_OTHER_SECRET.split("$")[4]).not.toBe(KNOWN[1_000].split("$")[4]);
  });
});

describe("a hash is outdated when", () => {
  const rotated = createPasswordHashes({ current: OTHER_SECRET, previous: SECRET }, CHEAP);

  it("it was made with another number of iterations", async () => {
    expect(await cheap.isOutdated(KNOWN[1_000])).toBe(false);
    expect(await cheap.isOutdated(KNOWN[250_000])).toBe(true);
    const stronger = createPasswordHashes({ current: SECRET, previous: null }, CHEAP + 1);
    expect(await stronger.isOutdated(KNOWN[1_000])).toBe(true);
  });

  it("it was made under the master secret before, which still checks it", async () => {
    expect(await rotated.verify(PASSWORD, KNOWN[1_000])).toBe(true);
    expect(await rotated.verify("gentle otter", KNOWN[1_000])).toBe(false);
    expect(await rotated.isOutdated(KNOWN[1_000])).toBe(true);
  });

  it("and not when it was made anew under the current one", async () => {
    const renewed = await rotated.hash(PASSWORD);
    expect(renewed).toContain(",k=0dc0e079$");
    expect(await rotated.isOutdated(renewed)).toBe(false);
    expect(await rotated.verify(PASSWORD, renewed)).toBe(true);
  });

  it("it is not one of ours", async () => {
    expect(await cheap.isOutdated("$2b$12$R9h/cIPz0gi.URNNX3kh2O")).toBe(true);
  });
});

describe("REL-05: other requests while a hash is computed", () => {
  it("go on between its calls", async () => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null }, 600_000);
    await hashes.verify("warm", KNOWN[1_000]);
    let calls = 0;
    const callsSeen = new Set<number>();
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (...args) => {
      calls++;
      return derive(...args);
    });
    const timer = setInterval(() => callsSeen.add(calls), 1);

    await hashes.hash(PASSWORD);
    clearInterval(timer);

    expect(calls).toBe(6);
    expect(callsSeen.size).toBeGreaterThanOrEqual(5);
  });

  it("do not compute theirs at the same time: calls of two hashes never interleave", async () => {
    const hashes = createPasswordHashes({ current: SECRET, previous: null }, 300_000);
    const salts: string[] = [];
    const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, "deriveBits").mockImplementation(async (algorithm, ...rest) => {
      const { name, salt } = algorithm as { name: string; salt: Uint8Array };
      if (name === "PBKDF2") {
        salts.push(salt.toHex());
      }
      return derive(algorithm, ...rest);
    });

    await Promise.all([hashes.hash("one"), hashes.hash("two"), hashes.hash("three")]);

    const [a, b, c] = [salts[0], salts[3], salts[6]];
    expect(salts).toEqual([a, a, a, b, b, b, c, c, c]);
    expect(new Set([a, b, c]).size).toBe(3);
  });
});
