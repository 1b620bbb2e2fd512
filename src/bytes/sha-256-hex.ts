import { sha256 } from "./sha-256.ts";

/** The same in lower-case hex: how the audit log is chained, and texts of many random bits are kept. */
export async function sha256Hex(text: string): Promise<string> {
  // Scripts read it too, in a Node whose bytes have no `toHex` unless asked for.
  return [...(await sha256(text))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
