import type { Randomness } from "../core/ports.ts";
import { toBase64url } from "./base64url.ts";
import { newId } from "./new-id.ts";

const TOKEN_BYTES = 32;

/** The runtime's cryptographic random numbers. */
export const randomness: Randomness = {
  bytes,
  id: newId,
  token: () => toBase64url(bytes(TOKEN_BYTES)),
};

function bytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
