import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { CodeField, typedCode } from "./code-field.tsx";
import { recoveryCodesPage } from "./recovery-codes-page.tsx";

const TWO_FACTOR = "/account/security/two-factor";

/** GET /account/security/recovery-codes: they are shown when they are made, and never again. */
export async function showReplaceCodes(visit: Visit): Promise<Response> {
  const { http, caller, texts } = visit;
  const barred = operations.replaceRecoveryCodes.refuseCaller(caller);
  if (barred) {
    return barredPage(visit, texts.accountSecondFactor.replace.title, barred.reason);
  }
  return caller.account.twoFactorEnabled ? codeForm(visit) : seeOther(http, TWO_FACTOR);
}

/** POST /account/security/recovery-codes */
export async function postReplaceCodes(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { codeMissing, replace } = texts.accountSecondFactor;
  http.var.log.operation = "replaceRecoveryCodes";
  if (!caller.account.twoFactorEnabled) {
    return seeOther(http, TWO_FACTOR);
  }
  const code = typedCode(form.code);
  if (!code) {
    http.var.log.reason = "invalid_request";
    return codeForm(visit, { problem: inFields(codeMissing, "code") });
  }
  const made = await operations.replaceRecoveryCodes(context, { caller, code });
  if (!(made instanceof Refused)) {
    return recoveryCodesPage(visit, { ...made, replaced: true });
  }
  noteRefusal(http, made);
  switch (made.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, replace.title, made.reason);
    case "second_factor_invalid":
      return codeForm(visit, { problem: inFields(replace.wrong, "code"), status: 401 });
    case "rate_limited":
      return codeForm(visit, { problem: tooManyAttempts(texts, made), status: 429 });
  }
}

interface Problem {
  problem?: FormProblem;
  status?: ContentfulStatusCode;
}

function codeForm(
  visit: Visit,
  { problem, status = problem ? 400 : 200 }: Problem = {},
): Promise<Response> {
  const { title, what, code, submit } = visit.texts.accountSecondFactor.replace;
  const problems = problem ? [problem] : [];
  return accountPage(
    visit,
    { title, hasProblems: problem !== undefined, status },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <CodeField label={code} problems={problems} />
        <button type="submit">{submit}</button>
      </TokenForm>
    </>,
  );
}
