import type { Account } from "./account/account.ts";
import { type Language, languageNamed } from "./language.ts";

/** What an account's owner reads: what they said themselves, whoever is asking just now. */
export function readingLanguage({ profile }: Account, otherwise: Language): Language {
  return languageNamed(profile.locale ?? "") ?? otherwise;
}
