import type { Language } from "../core/language.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";

/** Everything people read, in one language. English is the shape that every other one fills. */
export type Texts = typeof en;

const all: Readonly<Record<Language, Texts>> = { en, de };

export function textsIn(language: Language): Texts {
  return all[language];
}
