import type { Account, Profile } from "../../core/account/account.ts";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { languageNamed, languages } from "../../core/language.ts";
import { operations } from "../../core/operations.ts";
import { readingLanguage } from "../../core/reading-language.ts";
import { Refused } from "../../core/refused.ts";
import { Field } from "../form/field.tsx";
import type { Form } from "../form/form-post.ts";
import type { FormProblem } from "../form/form-problem.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { seeDone } from "../frame/notice.ts";
import type { Visit } from "../session/visit.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { nameProblems, typedName } from "./typed-name.ts";

/** GET /account/profile */
export function showProfile(visit: Visit): Promise<Response> {
  return profileForm(visit, { name: visit.caller.account.name ?? "" });
}

/** POST /account/profile */
export async function postProfile(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "updateProfile";
  const typed = typedName.safeParse(form.name);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    const problems = nameProblems(texts, typed.error);
    return profileForm(visit, { name: form.name ?? "", problems });
  }
  const profile = changeOfLanguage(caller.account, form.language);
  const update = { caller, name: typed.data, ...(profile && { profile }) };
  const updated = await operations.updateProfile(context, update);
  return updated instanceof Refused
    ? barredPage(visit, texts.account.pages["/account/profile"], updated.reason)
    : seeDone(visit, "/account/profile", "profile");
}

/** A locale that is of the chosen language already stays as it is, region and all. */
function changeOfLanguage({ profile }: Account, chosen: string | undefined): Profile | null {
  const language = languages.find((each) => each === chosen);
  return language && language !== languageNamed(profile.locale ?? "") ? { locale: language } : null;
}

interface ProfileForm {
  name: string;
  problems?: readonly FormProblem[];
}

function profileForm(visit: Visit, { name, problems = [] }: ProfileForm): Promise<Response> {
  const { http, caller, texts } = visit;
  const { accountProfile, fields } = texts;
  const title = texts.account.pages["/account/profile"];
  const hasProblems = problems.length > 0;
  const reads = readingLanguage(caller.account, http.var.requester.language);
  return accountPage(
    visit,
    { title, hasProblems, status: hasProblems ? 400 : 200 },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <Field
          label={fields.name}
          hint={accountProfile.about}
          problems={problems}
          name="name"
          value={name}
          autocomplete="name"
          required
        />
        <label for="language">{accountProfile.language}</label>
        <select id="language" name="language">
          {languages.map((language) => (
            <option value={language} selected={language === reads}>
              {accountProfile.languages[language]}
            </option>
          ))}
        </select>
        <button type="submit">{accountProfile.save}</button>
      </TokenForm>
      <p class="prose">
        <Sentence
          of={accountProfile.address}
          email={
            <ForeignText texts={texts} text={caller.account.email} maxLength={EMAIL_MAX_LENGTH} />
          }
          link={<a href="/account/security">{texts.account.pages["/account/security"]}</a>}
        />
      </p>
    </>,
  );
}
