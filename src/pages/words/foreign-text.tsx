import { plainLine } from "../../core/plain-line.ts";
import type { Texts } from "../../texts/texts.ts";

/**
 * A text that somebody else chose, such as a client's name: on one line, cut to a length, and kept
 * apart from its surroundings, so that it can say anything but change nothing.
 */
export function ForeignText({ texts, text, maxLength }: ForeignTextProps) {
  return <bdi>{shortened(plainLine(text), maxLength) || texts.shell.nothingReadable}</bdi>;
}

interface ForeignTextProps {
  texts: Texts;
  text: string;
  maxLength: number;
}

function shortened(text: string, maxLength: number): string {
  const characters = [...text];
  return characters.length > maxLength ? `${characters.slice(0, maxLength).join("")}…` : text;
}
