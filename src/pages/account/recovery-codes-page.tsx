import { fill } from "../../texts/fill.ts";
import { brandOf } from "../frame/brand-of.ts";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";

/** Shows new recovery codes, this once: to print, where they stand alone, and to copy. */
export async function recoveryCodesPage(
  visit: Visit,
  { recoveryCodes, replaced = false }: { recoveryCodes: readonly string[]; replaced?: boolean },
): Promise<Response> {
  const { codes } = visit.texts.accountSecondFactor;
  const { title } = codes;
  const whose = await whoseTheyAre(visit);
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p>
        {replaced ? codes.replaced : codes.on} {codes.what}
      </p>
      <section class="codes">
        <p class="hint">{whose}</p>
        <ol>
          {recoveryCodes.map((code) => (
            <li>{code}</li>
          ))}
        </ol>
      </section>
      <details>
        <summary>{codes.copy}</summary>
        <textarea readonly rows={recoveryCodes.length} aria-label={codes.copy}>
          {recoveryCodes.join("\n")}
        </textarea>
      </details>
      <p class="hint">{codes.print}</p>
      <p>
        <a class="button" href="/account/security/two-factor">
          {codes.saved}
        </a>
      </p>
    </>,
  );
}

/** Whose the codes are, for who finds the sheet of paper again in a year. */
async function whoseTheyAre({ http, context, caller, texts }: Visit): Promise<string> {
  const { name: tenant } = await brandOf(http);
  const inWords = new Intl.DateTimeFormat(texts.time.locale, {
    dateStyle: "long",
    timeZone: "UTC",
  });
  const date = inWords.format(context.clock.now());
  return fill(texts.accountSecondFactor.codes.whose, { email: caller.account.email, tenant, date });
}
