import type { WhichLetter } from "../../src/core/admin/letter-records.ts";
import { languages } from "../../src/core/language.ts";
import {
  isLetterKind,
  type LetterKind,
  type LetterTexts,
  letterSettingsFrom,
  OWN_TEXTS,
} from "../../src/core/mail/letter-texts.ts";
import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import { changeTenant } from "./change-tenant.ts";
import { command } from "./command.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { readLanguage } from "./read-language.ts";
import { readLetterTexts } from "./read-letter-texts.ts";
import { sampleLines } from "./sample-letter.ts";
import { previewThrough, setThrough } from "./set-letter-through.ts";
import { type Row, type Site, task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

const KINDS = Object.keys(OWN_TEXTS).join(", ");

/** Shows the letter as it is afterwards, so that nobody has to be mailed one to see it. */
export const setLetter = command({
  summary: "Gives a letter of a tenant its own words, or shows it",
  options: {
    tenant: tenantOption,
    kind: { value: "kind", what: `of letter: ${KINDS}`, required: true },
    language: { value: languages.join("|"), what: "in which it is read", required: true },
    file: { value: "file", what: 'JSON such as {"subject": "…", "lead": "…", "action": "…"}' },
    clear: { what: "back to our words" },
    show: { what: "change nothing" },
  },
  isOverHttp: true,
  examples: [
    "--tenant acme --kind verify-email --language de --file letter.json",
    "--tenant acme --kind verify-email --language de --clear",
  ],

  plan({ tenant: slug = DEFAULT_TENANT_SLUG, clear, show, file, ...given }) {
    const which = { kind: readKind(given.kind), language: readLanguage(given.language) };
    if ([clear, show, file !== undefined].filter(Boolean).length !== 1) {
      throw new Problem("Say what is to become of it.", "Give --file, --clear or --show.");
    }
    const named = `the letter ${which.kind} in ${which.language} of the tenant ${slug}`;
    const said = file === undefined ? null : readLetterTexts(file, which.kind);
    const looked = sql`SELECT name, brand, letters FROM tenants WHERE slug = ${slug}`;
    const tenant = findTenant(slug);
    const shown = (found: readonly Row[], { publicUrl }: Site) =>
      preview(found[0] ?? {}, { ...which, publicUrl });
    if (show) {
      return task({
        intent: `show ${named}`,
        readsOnly: true,
        statements: { tenant, looked },
        report(answers, site) {
          requireTenant(answers.tenant, slug, site);
          return shown(answers.looked, site);
        },
        overHttp: {
          scopes: ["admin:tenants"],
          carryOut: (api) => previewThrough(api, slug, which),
        },
      });
    }
    const letters = lettersWith(said, which);
    const changed = `letter ${which.kind} in ${which.language}`;
    return task({
      intent: `${said ? "give its own words to" : "clear the words of"} ${named}`,
      statements: {
        tenant,
        ...changeTenant(slug, { setting: "letters", to: letters, changed }),
        looked,
      },
      report(answers, site) {
        requireTenant(answers.tenant, slug, site);
        return ["It is sent like this, within a minute:", "", ...shown(answers.looked, site)];
      },
      overHttp: {
        scopes: ["admin:tenants"],
        async carryOut(api) {
          await setThrough(api, slug, which, said);
          const shown = await previewThrough(api, slug, which);
          return ["It is sent like this, within a minute:", "", ...shown];
        },
      },
    });
  },
});

/** What was there before goes: a text that the file leaves out is ours again. */
function lettersWith(said: LetterTexts | null, { kind, language }: WhichLetter): Sql {
  const at = (texts: LetterTexts | null) =>
    JSON.stringify({ texts: { [language]: { [kind]: texts } } });
  const cleared = sql`json_patch(coalesce(letters, '{}'), ${at(null)})`;
  return said ? sql`json_patch(${cleared}, ${at(said)})` : cleared;
}

function preview(
  { name, brand, letters }: Row,
  which: WhichLetter & Pick<Site, "publicUrl">,
): string[] {
  const { texts } = letterSettingsFrom(JSON.parse(String(letters ?? "{}")));
  const { name: ownName } = JSON.parse(String(brand ?? "{}")) as { name?: string };
  const ownTexts = texts[which.language]?.[which.kind] ?? {};
  return sampleLines({ ...which, ownTexts, brandName: ownName ?? String(name) });
}

function readKind(kind: string): LetterKind {
  if (!isLetterKind(kind)) {
    throw new Problem(`${JSON.stringify(kind)} is no kind of letter.`, `There are ${KINDS}.`);
  }
  return kind;
}
