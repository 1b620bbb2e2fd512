import { createHash, randomBytes } from "node:crypto";

/** A secret that proves later who began something, and its public half: RFC 7636 §4.1, §4.2. */
export function codeVerifier(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
