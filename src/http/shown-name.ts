const SHOWN_LENGTH = 40;
/** What may stand in an error's description, and does not end the quotes around it. RFC 6749 §5.2. */
const NOT_SHOWN = /[^\x20\x21\x23-\x26\x28-\x5b\x5d-\x7e]/g;

/** A name that a request made up, for the answer that refuses it: short, in quotes, nothing but text. */
export function shownName(name: string): string {
  const shown = name.slice(0, SHOWN_LENGTH).replace(NOT_SHOWN, "?");
  return name.length > SHOWN_LENGTH ? `'${shown}...'` : `'${shown}'`;
}
