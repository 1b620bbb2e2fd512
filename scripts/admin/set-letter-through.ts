import * as z from "zod";
import type { WhichLetter } from "../../src/core/admin/letter-records.ts";
import type { LetterTexts } from "../../src/core/mail/letter-texts.ts";
import type { AdminApi } from "./admin-api.ts";
import { askOfTenant } from "./ask-of-tenant.ts";
import { forPeopleAlone } from "./for-people-alone.ts";
import { sampleLines } from "./sample-letter.ts";

const words = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined);
const page = z.object({
  letters: z.array(
    z
      .object({
        ...{ kind: z.string(), language: z.string() },
        ...{ subject: words, lead: words, action: words, more: words, not_you: words, what: words },
      })
      .transform(({ kind, language, not_you, ...texts }) => ({
        ...{ kind, language },
        texts: said({ ...texts, notYou: not_you }),
      })),
  ),
});
const named = z.object({ name: z.string(), brand_name: z.string().nullable() });

/** Gives a letter its own words through the admin API, or takes them away. */
export async function setThrough(
  api: AdminApi,
  slug: string,
  { kind, language }: WhichLetter,
  texts: LetterTexts | null,
): Promise<void> {
  const about = { below: `/letters/${kind}/${language}`, refusals: forPeopleAlone() };
  if (texts === null) {
    await askOfTenant(api, slug, { method: "DELETE", ...about });
    return;
  }
  const { notYou, ...others } = texts;
  const body = said({ ...others, not_you: notYou });
  await askOfTenant(api, slug, { method: "PUT", ...about, body });
}

/** The letter as the service sends it. */
export async function previewThrough(
  api: AdminApi,
  slug: string,
  which: WhichLetter,
): Promise<string[]> {
  const { name, brand_name } = named.parse(await askOfTenant(api, slug, { method: "GET" }));
  const about = { method: "GET", below: "/letters" } as const;
  const { letters } = page.parse(await askOfTenant(api, slug, about));
  const own = letters.find(
    ({ kind, language }) => kind === which.kind && language === which.language,
  );
  const brandName = brand_name ?? name;
  const ownTexts = own?.texts ?? {};
  return sampleLines({ ...which, ownTexts, brandName, publicUrl: api.site.publicUrl });
}

/** What is not said is not there, rather than there and undefined. */
function said(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}
