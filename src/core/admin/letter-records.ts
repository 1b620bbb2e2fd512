import type { Language } from "../language.ts";
import type { LetterKind, LetterSettings, LetterTexts } from "../mail/letter-texts.ts";
import type { Deed } from "./deed.ts";

/** One letter, in one language. */
export interface WhichLetter {
  kind: LetterKind;
  language: Language;
}

/** What a tenant's letters say in its own words, as operators see and change it. */
export interface LetterRecords {
  find(slug: string): Promise<{ tenantId: string; texts: LetterSettings["texts"] } | null>;
  /**
   * In place of all that the letter said before; null for none of its own. With the event that tells of it, both
   * or neither, and neither where it says that already. False when the deed's session has ended.
   */
  set(
    tenantId: string,
    which: WhichLetter,
    texts: LetterTexts | null,
    event: Deed,
  ): Promise<boolean>;
}
