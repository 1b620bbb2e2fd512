import { readFileSync } from "node:fs";
import {
  type LetterKind,
  type LetterTexts,
  namesOf,
  wrongWith,
} from "../../src/core/mail/letter-texts.ts";
import { Problem } from "../problem.ts";

/** The texts of a letter from a JSON file, or a problem that names the one that is wrong. */
export function readLetterTexts(path: string, kind: LetterKind): LetterTexts {
  const texts = parse(path);
  const names = namesOf(kind).join(", ");
  if (Object.keys(texts).length === 0) {
    throw new Problem(`${path} has no text.`, `Give at least one of ${names}.`);
  }
  for (const [name, text] of Object.entries(texts)) {
    const wrong = wrongWith(kind, name, text);
    if (wrong) {
      throw new Problem(
        `${JSON.stringify(name)} in ${path} ${wrong}.`,
        "What is left out is said in our words. The code or link needs no text: it stands in every letter.",
      );
    }
  }
  return texts as LetterTexts;
}

function parse(path: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof read === "object" && read !== null && !Array.isArray(read)) {
      return { ...read };
    }
  } catch (cause) {
    throw new Problem(`${path} cannot be read as JSON: ${(cause as Error).message}.`, EXAMPLE);
  }
  throw new Problem(`${path} is no JSON object.`, EXAMPLE);
}

const EXAMPLE = 'Write it as in {"subject": "Welcome to {brand}", "action": "Confirm"}';
