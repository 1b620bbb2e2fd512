import type { Randomness } from "./ports.ts";

/** No 0, 1, l or o, which look alike. 32 letters divide a byte evenly: none is favoured. */
const ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";

/** Draws a code to be read and typed, in groups of so many letters. Each letter is five bits. */
export function drawReadableCode(randomness: Randomness, groups: readonly number[]): string {
  const count = groups.reduce((sum, length) => sum + length, 0);
  const letters = [...randomness.bytes(count)].map((byte) => ALPHABET.charAt(byte % 32));
  return groups.map((length) => letters.splice(0, length).join("")).join("-");
}

/** The letters of a code that was typed in any case, with spaces or dashes. */
export function lettersOf(typed: string): string {
  return typed.replace(/[\s\p{Pd}]/gu, "").toLowerCase();
}
