import { languages } from "../language.ts";
import { isLetterKind, type LetterTexts } from "../mail/letter-texts.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import type { WhichLetter } from "./letter-records.ts";

/** A letter with what it says in a tenant's own words. */
export type WordedLetter = WhichLetter & { texts: LetterTexts };

/** The letters in which a tenant says something in its own words. */
export const listLetters = administered(
  { scopes: ["admin:tenants"], operator: true },
  async (
    { letterRecords }: Context,
    { slug }: { caller: AdminCaller; slug: string },
  ): Promise<{ letters: WordedLetter[] } | Refused<"tenant_unknown">> => {
    const found = await letterRecords.find(slug);
    if (!found) {
      return new Refused("tenant_unknown");
    }
    const letters = languages.flatMap((language) =>
      Object.entries(found.texts[language] ?? {}).flatMap(([kind, texts]) =>
        isLetterKind(kind) && Object.keys(texts).length > 0 ? [{ kind, language, texts }] : [],
      ),
    );
    return { letters };
  },
);
