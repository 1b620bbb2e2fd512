import type { Randomness } from "./ports.ts";

/** Draws characters of an alphabet of up to 256, each as likely as any other. */
export function drawCharacters(randomness: Randomness, alphabet: string, count: number): string {
  // Bytes past the last whole multiple of the alphabet would favour its first characters.
  const fair = 256 - (256 % alphabet.length);
  let drawn = "";
  while (drawn.length < count) {
    for (const byte of randomness.bytes(count * 2)) {
      if (byte < fair && drawn.length < count) {
        drawn += alphabet.charAt(byte % alphabet.length);
      }
    }
  }
  return drawn;
}
