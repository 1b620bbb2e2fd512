import { v7 } from "uuid";
import type { Randomness } from "../core/ports.ts";
import { toBase64url } from "./base64url.ts";

const TOKEN_BYTES = 32;

/** The runtime's cryptographic random numbers. */
export const randomness: Randomness = {
  bytes,
  id: (now) => v7({ msecs: now.getTime(), random: bytes(16) }),
  token: () => toBase64url(bytes(TOKEN_BYTES)),
};

function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
