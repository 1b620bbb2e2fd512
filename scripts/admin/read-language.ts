import { type Language, languages } from "../../src/core/language.ts";
import { Problem } from "../problem.ts";

/** A language in which letters are written. */
export function readLanguage(given: string): Language {
  const language = languages.find((one) => one === given);
  if (!language) {
    throw new Problem(
      `${JSON.stringify(given)} is no language here.`,
      `There are ${languages.join(" and ")}.`,
    );
  }
  return language;
}
