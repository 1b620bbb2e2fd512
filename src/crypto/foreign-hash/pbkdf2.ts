import type { Bytes, ForeignHash } from "./foreign-hash.ts";

type Pbkdf2Hash = Extract<ForeignHash, { scheme: "pbkdf2" }>;

/** Production Workers refuse more in one call, and other than our own these cannot be chained. */
const ITERATIONS_PER_CALL = 100_000;

/** The first block of PBKDF2 (RFC 8018 §5.2), by the platform where it may, else step by step. */
export async function pbkdf2Of(
  password: string,
  given: Pbkdf2Hash,
  stillHere: () => void,
): Promise<Bytes> {
  const { digest, iterations, salt, hash } = given;
  const bytes = new TextEncoder().encode(password);
  if (iterations > ITERATIONS_PER_CALL) {
    const { pbkdf2InSteps } = await import("./pbkdf2-in-steps.ts");
    return (await pbkdf2InSteps(bytes, given, stillHere)).slice(0, hash.length);
  }
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const params = { name: "PBKDF2", hash: digest, salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, hash.length * 8));
}
