/** Controls, direction overrides and other invisible formatting, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
/** Marks piled on one letter would paint over the lines around it. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** A text that somebody else chose, on one line, without what cannot be seen or paints elsewhere. */
export function plainLine(text: string): string {
  return text.replace(INVISIBLE, " ").replace(PILED_MARKS, "$1").replace(/\s+/g, " ").trim();
}
