import { drawCharacters } from "../draw-characters.ts";
import type { Randomness } from "../ports.ts";
import { crc32 } from "./crc32.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** 190 bits. */
const RANDOM_LENGTH = 32;
/** As many as 32 bits need. */
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = 4;
const PREFIX = /^[a-z]+(?:_[a-z]+)*_/;
const AFTER_PREFIX = new RegExp(`^[0-9A-Za-z]{${RANDOM_LENGTH + CHECKSUM_LENGTH}}$`);

/**
 * Draws a key: the prefix, random characters and a checksum over both. With it a typing mistake
 * costs no look-up, and whoever scans texts for secrets has no false alarms.
 */
export function drawKey(randomness: Randomness, prefix: string): string {
  const body = prefix + drawCharacters(randomness, ALPHABET, RANDOM_LENGTH);
  return body + checksum(body);
}

/** Whether a text can be a key with this prefix; whether it is one, the store knows. */
export function isKey(text: string, prefix: string): boolean {
  return (
    text.startsWith(prefix) &&
    AFTER_PREFIX.test(text.slice(prefix.length)) &&
    checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH)
  );
}

/** The same for a key of any prefix: the checksum is over all of it. */
export function isAnyKey(text: string): boolean {
  const prefix = text.match(PREFIX)?.[0];
  return prefix !== undefined && isKey(text, prefix);
}

/** How a key begins: enough for people to tell theirs apart. */
export function shownPart(key: string, prefix: string): string {
  return key.slice(0, prefix.length + SHOWN_LENGTH);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let place = 0; place < CHECKSUM_LENGTH; place++) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return digits;
}
