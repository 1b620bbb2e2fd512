import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/http/language.ts";

describe("what people are to read", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["de", "de"],
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["DE-ch", "de"],
    ["en-US,en;q=0.9,de;q=0.8", "en"],
    ["fr-FR,fr;q=0.9,de;q=0.4,en;q=0.3", "de"],
    ["en;q=0.1,de;q=0.9", "de"],
    ["de;q=0,en;q=0.5", "en"],
    ["fr,ja;q=0.5", "en"],
    ["*", "en"],
    ["den,deutsch", "en"],
    [`${"fr,".repeat(100)}de`, "en"],
    ["de;q=banana", "de"],
    ["\u0000;;,,=", "en"],
  ] as const)("Accept-Language %j asks for %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
