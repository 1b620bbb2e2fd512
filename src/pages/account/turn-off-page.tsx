import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { Field } from "../form/field.tsx";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { PasswordField } from "../form/password-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { typedSecondFactor } from "../sign-in/typed-second-factor.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { passwordProblem } from "./password-problem.ts";
import { Username } from "./username.tsx";

const TWO_FACTOR = "/account/security/two-factor";

/**
 * GET /account/security/two-factor-off. An account without a password is told to set one first: what
 * takes two proofs to undo must not be undone by one and a sign-in that is still open.
 */
export async function showTurnOff(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, needsPassword, setPassword } = texts.accountSecondFactor.turnOff;
  const barred = operations.disableTotp.refuseCaller(caller);
  if (barred) {
    return barredPage(visit, title, barred.reason);
  }
  if (!caller.account.twoFactorEnabled) {
    return seeOther(http, TWO_FACTOR);
  }
  http.var.log.operation = "describeSignInMeans";
  const means = await operations.describeSignInMeans(context, { caller });
  if (means instanceof Refused || means.hasPassword) {
    return turnOffForm(visit);
  }
  return accountPage(
    visit,
    { title },
    <>
      <h1>{title}</h1>
      <p>{needsPassword}</p>
      <p>
        <a href="/account/security/password">{setPassword}</a>
      </p>
    </>,
  );
}

/** POST /account/security/two-factor-off */
export async function postTurnOff(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { turnOff } = texts.accountSecondFactor;
  http.var.log.operation = "disableTotp";
  const { password = "" } = form;
  const given = typedSecondFactor(form.code);
  const problem = passwordProblem(texts, { password });
  if (!given || problem) {
    http.var.log.reason = "invalid_request";
    return turnOffForm(visit, { problem: problem ?? inFields(turnOff.codeMissing, "code") });
  }
  const refused = await operations.disableTotp(context, { caller, password, ...given });
  if (!refused) {
    return seeDone(visit, "/account/security", "secondFactorOff");
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, turnOff.title, refused.reason);
    case "invalid_credentials":
      return turnOffForm(visit, {
        problem: inFields(turnOff.wrongPassword, "password"),
        status: 401,
      });
    case "second_factor_invalid":
      return caller.account.twoFactorEnabled
        ? turnOffForm(visit, { problem: inFields(turnOff.wrongCode, "code"), status: 401 })
        : seeOther(http, TWO_FACTOR);
    case "rate_limited":
      return turnOffForm(visit, { problem: tooManyAttempts(texts, refused), status: 429 });
  }
}

interface Problem {
  problem?: FormProblem;
  status?: ContentfulStatusCode;
}

function turnOffForm(
  visit: Visit,
  { problem, status = problem ? 400 : 200 }: Problem = {},
): Promise<Response> {
  const { title, what, code, submit } = visit.texts.accountSecondFactor.turnOff;
  const problems = problem ? [problem] : [];
  return accountPage(
    visit,
    { title, hasProblems: problem !== undefined, status },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <Username email={visit.caller.account.email} />
        <PasswordField
          label={visit.texts.fields.password}
          autocomplete="current-password"
          problems={problems}
        />
        <Field
          label={code}
          problems={problems}
          name="code"
          class="code-field"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <button type="submit">{submit}</button>
      </TokenForm>
    </>,
  );
}
