/** So many bytes become no more than 75 characters as an encoded word. RFC 2047 §2. */
const WORD_BYTES = 45;
/** What stands in a header as it is: RFC 5322 §2.1.1 wants lines of 78 characters with the name. */
const PLAIN = /^[\x20-\x7e]{0,60}$/;

/**
 * A text as the value of a header: as it is where it is short ASCII, else as encoded words, one a line
 * (RFC 2047). Line breaks and other controls are encoded with the rest: no text can begin a header of
 * its own.
 */
export function headerText(text: string): string {
  return PLAIN.test(text) && !text.includes("=?")
    ? text
    : words(text)
        .map((word) => `=?UTF-8?B?${word.toBase64()}?=`)
        .join("\r\n ");
}

/** A name before an address: quoted, or as encoded words, which may not stand within quotes. */
export function headerName(name: string): string {
  const text = headerText(name);
  return text === name ? `"${name.replace(/["\\]/g, "\\$&")}"` : text;
}

/** Cut between characters: each word has to be text by itself. RFC 2047 §5. */
function words(text: string): Uint8Array[] {
  const encoder = new TextEncoder();
  const pieces = [""];
  for (const character of text) {
    const piece = (pieces.at(-1) ?? "") + character;
    encoder.encode(piece).length > WORD_BYTES
      ? pieces.push(character)
      : pieces.splice(-1, 1, piece);
  }
  return pieces.map((piece) => encoder.encode(piece));
}
