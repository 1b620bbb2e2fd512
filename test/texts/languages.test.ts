import { describe, expect, it } from "vitest";
import { languages } from "../../src/core/language.ts";
import { en } from "../../src/texts/en.ts";
import { textsIn } from "../../src/texts/texts.ts";

/** What a count or a moment is put into words with. */
const COUNTS = [0, 1, 2, 60];

/** What may read the same in every language: names, symbols, and words that both have. */
const ALIKE = /^(\{\w+\}( UTC| \(\{\w+\}\))?|ltr|Code|Name|Latchkey|API|IP|Browser)$/;

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
    if (text !== "" && !ALIKE.test(text)) {
      expect(other).not.toBe(text);
    }
  });
});
