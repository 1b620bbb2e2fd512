/** What people can read, by its BCP 47 name. The texts stand in src/texts. */
export const languages = ["en", "de"] as const;

export type Language = (typeof languages)[number];

export const DEFAULT_LANGUAGE: Language = "en";
