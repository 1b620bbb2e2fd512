import { Secret, TOTP } from "otpauth";
import { describe, expect, it } from "vitest";
import { fromBase32, toBase32 } from "../../src/crypto/base32.ts";
import { totp } from "../../src/crypto/totp.ts";
import { seeded } from "../support/seeded.ts";

const STEP_MS = 30_000;
const NEVER = -2;

const encode = (text: string) => new TextEncoder().encode(text);
const rfcSecret = toBase32(encode("12345678901234567890"));
/** One whose codes around the steps below are all different: of drawn ones two may be the same. */
const SECRET = "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U";

/** The same codes by somebody else's hand. */
function theirs(secret: string): TOTP {
  return new TOTP({ secret: Secret.fromBase32(secret), algorithm: "SHA1", digits: 6, period: 30 });
}

const codeAt = (secret: string, step: number) =>
  theirs(secret).generate({ timestamp: step * STEP_MS });

const at = (step: number) => new Date(step * STEP_MS + 12_345);

describe("a code of an authenticator app", () => {
  // RFC 6238, appendix B, SHA-1; of its eight digits the last six.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("is that of the RFC at %d seconds", async (seconds, code) => {
    const now = new Date(seconds * 1000);
    expect(await totp.stepOf(rfcSecret, code, now, NEVER)).toBe(Math.floor(seconds / 30));
  });

  it("is the one that apps show, whatever the secret and the time", async () => {
    const random = seeded(6238);
    for (let i = 0; i < 300; i++) {
      const secret = toBase32(Uint8Array.from({ length: 20 }, () => random() * 256));
      const now = new Date(Math.floor(random() * 4e12));
      const code = theirs(secret).generate({ timestamp: now.getTime() });
      const step = Math.floor(now.getTime() / STEP_MS);
      expect(await totp.stepOf(secret, code, now, step - 1)).toBe(step);
    }
  });

  it("is taken one step early and one step late, and no further", async () => {
    const step = 58_000_000;
    const taken = await Promise.all(
      [-3, -2, -1, 0, 1, 2, 3].map((offset) =>
        totp.stepOf(SECRET, codeAt(SECRET, step + offset), at(step), NEVER),
      ),
    );
    expect(taken).toEqual([null, null, step - 1, step, step + 1, null, null]);
  });

  it("belongs to its step from the first millisecond to the last", async () => {
    const step = 58_000_000;
    const code = codeAt(rfcSecret, step);
    const stepAt = (ms: number) =>
      totp.stepOf(rfcSecret, code, new Date(step * STEP_MS + ms), NEVER);
    expect(await stepAt(-STEP_MS)).toBe(step);
    expect(await stepAt(-STEP_MS - 1)).toBeNull();
    expect(await stepAt(2 * STEP_MS - 1)).toBe(step);
    expect(await stepAt(2 * STEP_MS)).toBeNull();
  });

  it("is not taken for a step that was accepted before, nor for an older one", async () => {
    const step = 58_000_000;
    const takenAfter = (lastStep: number) =>
      Promise.all(
        [-1, 0, 1].map((offset) =>
          totp.stepOf(SECRET, codeAt(SECRET, step + offset), at(step), lastStep),
        ),
      );
    expect(await takenAfter(step - 2)).toEqual([step - 1, step, step + 1]);
    expect(await takenAfter(step - 1)).toEqual([null, step, step + 1]);
    expect(await takenAfter(step)).toEqual([null, null, step + 1]);
    expect(await takenAfter(step + 1)).toEqual([null, null, null]);
  });

  it("is read with spaces, as apps show it", async () => {
    const now = new Date(59_000);
    for (const typed of ["287 082", " 287082 ", "28 70 82", "287\u00a0082", "287082\n"]) {
      expect(await totp.stepOf(rfcSecret, typed, now, NEVER)).toBe(1);
    }
  });

  it.each([
    ["nothing", ""],
    ["a digit too few", "28708"],
    ["a digit too many", "2870822"],
    ["the eight digits of the RFC", "94287082"],
    ["six zeros", "000000"],
    ["a letter", "28708O"],
    ["a sign", "+87082"],
    ["a dash", "287-082"],
    ["an exponent", "2870e2"],
    ["digits of another script", "٢٨٧٠٨٢"],
    ["full-width digits", "\uff12\uff18\uff17\uff10\uff18\uff12"],
    ["a NUL at the end", "287082\0"],
    ["very many digits", "287082".repeat(10_000)],
  ])("is not %s", async (_, typed) => {
    expect(await totp.stepOf(rfcSecret, typed, new Date(59_000), NEVER)).toBeNull();
  });

  it("is not that of another secret", async () => {
    const step = 58_000_000;
    const [mine, other] = [SECRET, "NBSWY3DPEB3W64TMMQQGC3TEEBWW64TF"];
    expect(await totp.stepOf(mine, codeAt(mine, step), at(step), NEVER)).toBe(step);
    expect(await totp.stepOf(other, codeAt(mine, step), at(step), NEVER)).toBeNull();
  });
});

describe("a drawn secret", () => {
  it("is 160 bits in Base32 without padding, and another every time", () => {
    const secrets = Array.from({ length: 200 }, () => totp.drawSecret());
    expect(secrets.filter((secret) => !/^[A-Z2-7]{32}$/.test(secret))).toEqual([]);
    expect(new Set(secrets).size).toBe(secrets.length);
  });
});

describe("Base32", () => {
  // RFC 4648 §10, without the padding.
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("writes %j as the RFC does, and reads it back", (text, written) => {
    expect(toBase32(encode(text))).toBe(written);
    expect(fromBase32(written)).toEqual(encode(text));
  });

  it.each(["MY======", "my", "M0", "M1", "M Y", "MÝ"])("refuses %j", (text) => {
    expect(fromBase32(text)).toBeNull();
  });
});
