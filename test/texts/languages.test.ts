import { describe, expect, it } from "vitest";
import { languages } from "../../src/core/language.ts";
import { en } from "../../src/texts/en.ts";
import { textsIn } from "../../src/texts/texts.ts";

/** What a count or a moment is put into words with. */
const COUNTS = [0, 1, 2, 60];

/** What may read the same in every language, beside what has no letters of its own. */
const ALIKE = new Set([
  "Administrator",
  "App",
  "Browser",
  "Code",
  "Deutsch",
  "English",
  "Name",
  "Passkey",
  "Passkeys",
  "Superadmin",
  "UTC",
  "ltr",
]);

const translations = languages.filter((language) => language !== "en");

/** Every text under its path; one that needs a count stands for what it says of some. */
function flatten(texts: unknown, path: string): [path: string, text: string][] {
  if (typeof texts === "string") {
    return [[path, texts]];
  }
  if (typeof texts === "function") {
    return COUNTS.map((count) => [`${path}(${count})`, String(texts(count))]);
  }
  return Object.entries(texts ?? {}).flatMap(([key, value]) => flatten(value, `${path}.${key}`));
}

/** The words of a text without its holes. */
function wordsOf(text: string): string {
  return text
    .replace(/\{\w+\}/g, "")
    .replace(/[^\p{L}]+/gu, " ")
    .trim();
}

function holesIn(text: string): string[] {
  return [...text.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
}

describe.each(translations)("the texts in %s", (language) => {
  const english = flatten(en, "");
  const translated = new Map(flatten(textsIn(language), ""));

  it("are for the same places as the English ones, and for no other", () => {
    expect([...translated.keys()].sort()).toEqual(english.map(([path]) => path).sort());
  });

  it.each(english)("%s has the holes of the English text, and other words", (path, text) => {
    const other = translated.get(path) ?? "";

    expect(holesIn(other)).toEqual(holesIn(text));
    expect(other === "").toBe(text === "");
    if (wordsOf(text) !== "" && !ALIKE.has(wordsOf(text))) {
      expect(other).not.toBe(text);
    }
  });
});
