import { sameText } from "../bytes/same-text.ts";
import type { Totp } from "../core/second-factor/second-factor.ts";
import { fromBase32, toBase32 } from "./base32.ts";

const SECRET_BYTES = 20;
const STEP_SECONDS = 30;
const DIGITS = 6;
/** One step either side, for clocks that are off and people who are slow. RFC 6238 §5.2. */
const WINDOW = [-1, 0, 1];

/** Codes of authenticator apps: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds. */
export const totp: Totp = {
  drawSecret: () => toBase32(crypto.getRandomValues(new Uint8Array(SECRET_BYTES))),

  async stepOf(secret, typed, now, afterStep) {
    const code = typed.replace(/\s/g, "");
    if (!/^[0-9]{6}$/.test(code)) {
      return null;
    }
    const key = await importSecret(secret);
    const current = Math.floor(now.getTime() / 1000 / STEP_SECONDS);
    const steps = WINDOW.map((offset) => current + offset);
    const codes = await Promise.all(steps.map((step) => codeAt(key, step)));
    // All are compared, whichever matches: the time it takes tells nothing.
    const matching = steps.filter((_, i) => sameText(code, codes[i] ?? ""));
    // The newest, should two steps share a code: the older one is spent with it.
    return matching.filter((step) => step > afterStep).at(-1) ?? null;
  },
};

function importSecret(secret: string): Promise<CryptoKey> {
  const bytes = fromBase32(secret);
  if (!bytes) {
    throw new Error("the secret of a second factor is not Base32");
  }
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-1" }, false, ["sign"]);
}

/** RFC 4226 §5.3: four bytes of the MAC, from where its last half-byte points, without the sign. */
async function codeAt(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigInt64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter));
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf;
  const number = mac.getUint32(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, "0");
}
