import type { AuditEvent } from "../audit/audit-log.ts";
import type { Language } from "../language.ts";
import type { LetterKind, LetterSettings, LetterTexts } from "../mail/letter-texts.ts";

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
   * or neither, and neither where it says that already.
   */
  set(
    tenantId: string,
    which: WhichLetter,
    texts: LetterTexts | null,
    event: AuditEvent,
  ): Promise<void>;
}
