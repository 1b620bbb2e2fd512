/** Controls, direction overrides and other invisible formatting, line and paragraph separators. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
/** Marks piled on one letter would paint over the lines around it. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;

/**
 * A text that somebody else chose, such as a client's name: on one line, cut to a length, and kept
 * apart from its surroundings, so that it can say anything but change nothing.
 */
export function ForeignText({ text, maxLength }: { text: string; maxLength: number }) {
  return <bdi>{tame(text, maxLength) || "(nothing readable)"}</bdi>;
}

function tame(text: string, maxLength: number): string {
  const plain = text.replace(INVISIBLE, " ").replace(PILED_MARKS, "$1").replace(/\s+/g, " ").trim();
  const characters = [...plain];
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join("")}…` : plain;
}
