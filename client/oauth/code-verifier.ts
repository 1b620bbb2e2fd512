import { base64url } from "./base64url.ts";
import { randomText } from "./random-text.ts";

/** A secret that proves later who began something, and its public half: RFC 7636 §4.1, §4.2. */
export async function codeVerifier(): Promise<{ verifier: string; challenge: string }> {
  const verifier = randomText();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)) };
}
