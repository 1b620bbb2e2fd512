import type { BreachedPasswords } from "../core/ports.ts";

const TIMEOUT_MS = 1500;

/**
 * Asks a range service in the manner of Have I Been Pwned: only the first five hex digits of the
 * password's SHA-1 leave this service, and padding hides the answer's size. A service that does not
 * answer refuses nobody.
 */
export function createBreachedPasswords(
  rangeUrl: string | null,
  warn: (error: unknown) => void,
): BreachedPasswords {
  return {
    async includes(password) {
      if (!rangeUrl) {
        return false;
      }
      try {
        return await isInRange(rangeUrl, await sha1(password));
      } catch (error) {
        warn(error);
        return false;
      }
    },
  };
}

async function isInRange(rangeUrl: string, digest: string): Promise<boolean> {
  const response = await fetch(`${rangeUrl}${digest.slice(0, 5)}`, {
    headers: { "add-padding": "true" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) {
    throw new Error(`the range service answered ${response.status}`);
  }
  const lines = (await response.text()).split(/\r?\n/);
  // Padding lines have a count of zero.
  return lines.some((line) => line.startsWith(`${digest.slice(5)}:`) && !line.endsWith(":0"));
}

async function sha1(password: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", new TextEncoder().encode(password));
  return new Uint8Array(digest).toHex().toUpperCase();
}
