/** What people can read, by its BCP 47 name. The texts stand in src/texts. */
export const languages = ["en", "de"] as const;

export type Language = (typeof languages)[number];

export const DEFAULT_LANGUAGE: Language = "en";

/** Ours that a BCP 47 tag names, whatever its region; null for any other. */
export function languageNamed(tag: string): Language | null {
  const [primary] = tag.toLowerCase().split("-");
  return languages.find((language) => language === primary) ?? null;
}
