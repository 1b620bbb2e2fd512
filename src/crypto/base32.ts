/** RFC 4648 §6: no 0, 1, 8 or 9. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BITS = 5;

/** Base32 without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups
    .map((group) => ALPHABET.charAt(Number.parseInt(group.padEnd(BITS, "0"), 2)))
    .join("");
}

/** Null for anything but letters of the alphabet. Spare bits at the end are passed over. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  const values = [...text].map((letter) => ALPHABET.indexOf(letter));
  if (values.includes(-1)) {
    return null;
  }
  const bits = values.map((value) => value.toString(2).padStart(BITS, "0")).join("");
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
