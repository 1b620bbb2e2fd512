import * as z from "zod";
import type { WhichLetter } from "../../src/core/admin/letter-records.ts";
import type { LetterTexts } from "../../src/core/mail/letter-texts.ts";
import type { AdminApi } from "./admin-api.ts";
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
  const path = `${pathOf(slug)}/letters/${kind}/${language}`;
  if (texts === null) {
    await api.ask({ method: "DELETE", path });
    return;
  }
  const { notYou, ...others } = texts;
  await api.ask({ method: "PUT", path, body: said({ ...others, not_you: notYou }) });
}

/** The letter as the service sends it. */
export async function previewThrough(
  api: AdminApi,
  slug: string,
  which: WhichLetter,
): Promise<string[]> {
  const { name, brand_name } = named.parse(await api.ask({ method: "GET", path: pathOf(slug) }));
  const path = `${pathOf(slug)}/letters`;
  const { letters } = page.parse(await api.ask({ method: "GET", path }));
  const own = letters.find(
    ({ kind, language }) => kind === which.kind && language === which.language,
  );
  const brandName = brand_name ?? name;
  const ownTexts = own?.texts ?? {};
  return sampleLines({ ...which, ownTexts, brandName, publicUrl: api.url });
}

const pathOf = (slug: string) => `/tenants/${encodeURIComponent(slug)}`;

/** What is not said is not there, rather than there and undefined. */
function said(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}
