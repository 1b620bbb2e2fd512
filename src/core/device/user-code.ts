import { drawCharacters } from "../draw-characters.ts";
import type { Randomness } from "../ports.ts";

/** No vowels, so no words; no letters that look alike. RFC 8628 §6.1. */
const ALPHABET = "BCDFGHJKLMNPQRSTVWXZ";
const LENGTH = 8;

/** Draws a user code: 20^8 possibilities, 34.5 bits. */
export function drawUserCode(randomness: Randomness): string {
  const letters = drawCharacters(randomness, ALPHABET, LENGTH);
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

/** Reads a code as people type it, in any case, with spaces or dashes; null when it can be none. */
export function readUserCode(typed: string): string | null {
  const letters = typed.replace(/[\s\p{Pd}]/gu, "").toUpperCase();
  const isCode = letters.length === LENGTH && [...letters].every((l) => ALPHABET.includes(l));
  return isCode ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}
