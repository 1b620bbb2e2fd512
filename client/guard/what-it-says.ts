import { decodeJwt } from "jose";

/**
 * What is wrong with a token that was refused, as far as it says so itself: its bearer could read as much.
 * Null where it does not, or is none that can be read.
 */
export function whatItSays(token: string, audience: string): string | null {
  try {
    const { aud = audience, exp = Number.POSITIVE_INFINITY } = decodeJwt(token);
    if (![aud].flat().includes(audience)) {
      return "The token is for another audience.";
    }
    return exp * 1000 <= Date.now() ? "The token has expired." : null;
  } catch {
    return null;
  }
}
