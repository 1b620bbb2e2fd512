import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { NewPasswordField, PasswordField } from "../form/password-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { weakPasswordProblems } from "../form/weak-password-problems.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { passwordProblem } from "./password-problem.ts";
import { Username } from "./username.tsx";

/** GET /account/security/password: to change it or, where there is none, to set the first. */
export async function showPassword(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "describeSignInMeans";
  const means = await operations.describeSignInMeans(context, { caller });
  return means instanceof Refused
    ? barredPage(visit, texts.accountSecurity.change.title, means.reason)
    : passwordForm(visit, { isFirst: !means.hasPassword });
}

/** POST /account/security/password */
export async function postPassword(visit: Visit, form: Form): Promise<Response> {
  const { current_password: current, password = "" } = form;
  const isFirst = current === undefined;
  const typed = isFirst ? { password } : { current_password: current, password };
  const problem = passwordProblem(visit.texts, typed);
  if (problem) {
    visit.http.var.log.reason = "invalid_request";
    return passwordForm(visit, { isFirst, problems: [problem] });
  }
  return isFirst ? setFirst(visit, password) : change(visit, current, password);
}

async function change(visit: Visit, currentPassword: string, newPassword: string) {
  const { http, context, caller, texts } = visit;
  const { title, wrong, unchanged } = texts.accountSecurity.change;
  http.var.log.operation = "changePassword";
  const typed = { caller, currentPassword, newPassword };
  const refused = await operations.changePassword(context, typed);
  if (!refused) {
    return seeDone(visit, "/account/security", "password");
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "insufficient_scope":
    case "access_token_invalid":
      return barredPage(visit, title, refused.reason);
    case "invalid_credentials":
      return passwordForm(visit, { problems: [inFields(wrong, "current_password")], status: 401 });
    case "password_unchanged":
      return passwordForm(visit, { problems: [inFields(unchanged, "password")] });
    case "weak_password":
      return passwordForm(visit, { problems: weakPasswordProblems(http, refused) });
    case "rate_limited":
      return passwordForm(visit, { problems: [tooManyAttempts(texts, refused)], status: 429 });
  }
}

async function setFirst(visit: Visit, password: string) {
  const { http, context, caller, texts } = visit;
  const isFirst = true;
  http.var.log.operation = "setInitialPassword";
  const refused = await operations.setInitialPassword(context, { caller, password });
  if (!refused) {
    return seeDone(visit, "/account/security", "firstPassword");
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "insufficient_scope":
    case "access_token_invalid":
      return barredPage(visit, texts.accountSecurity.first.title, refused.reason);
    // It was set meanwhile: the page asks for it now.
    case "password_exists":
    case "password_change_required":
      return seeOther(http, visit.page);
    case "weak_password":
      return passwordForm(visit, {
        isFirst,
        problems: weakPasswordProblems(http, refused),
      });
    case "rate_limited":
      return passwordForm(visit, {
        isFirst,
        problems: [tooManyAttempts(texts, refused)],
        status: 429,
      });
  }
}

interface PasswordForm {
  isFirst?: boolean;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

function passwordForm(
  visit: Visit,
  { isFirst = false, problems = [], status = problems.length > 0 ? 400 : 200 }: PasswordForm,
): Promise<Response> {
  const { context, caller, texts } = visit;
  const { first, change } = texts.accountSecurity;
  const { title, what, submit } = isFirst ? first : change;
  const least = context.settings.passwordMinLength;
  return accountPage(
    visit,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <Username email={caller.account.email} />
        {!isFirst && (
          <PasswordField
            name="current_password"
            label={change.current}
            autocomplete="current-password"
            problems={problems}
          />
        )}
        <NewPasswordField texts={texts} least={least} problems={problems} />
        <button type="submit">{submit}</button>
      </TokenForm>
      {!isFirst && (
        <p>
          <a href="/forgot">{change.forgot}</a>
        </p>
      )}
    </>,
  );
}
