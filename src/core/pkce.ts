/** Proof Key for Code Exchange, by S256 alone. RFC 7636. */
export interface Pkce {
  /** Whether the challenge was made of this verifier. Compared in constant time. */
  matches(verifier: string, challenge: string): Promise<boolean>;
}

/** SHA-256 in base64url. RFC 7636 §4.2. */
export const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

export function isChallenge(text: string): boolean {
  return CHALLENGE.test(text);
}

/**
 * Whether a verifier proves a challenge. Where there is none, none may be brought: a client that
 * sends a verifier believes in a protection that somebody has stripped. RFC 9700 §4.8.2.
 */
export async function provesChallenge(
  pkce: Pkce,
  challenge: string | null,
  verifier: string | null,
): Promise<boolean> {
  if (challenge === null || verifier === null) {
    return challenge === verifier;
  }
  return pkce.matches(verifier, challenge);
}
