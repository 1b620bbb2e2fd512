import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Enrolment } from "../../core/second-factor/enrol-totp.ts";
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
import { QrCode } from "./qr-code.tsx";
import { recoveryCodesPage } from "./recovery-codes-page.tsx";
import { openSetUp, sealSetUp } from "./set-up.ts";

const CONFIRM = "/account/security/two-factor/confirm";

/** POST /account/security/two-factor: draws a key and shows it, here and nowhere else. */
export async function startSetUp(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "enrolTotp";
  const enrolment = await operations.enrolTotp(context, { caller });
  if (!(enrolment instanceof Refused)) {
    return setUpForm(visit, enrolment);
  }
  switch (enrolment.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountSecondFactor.title, enrolment.reason);
    default:
      // It is on already, and the page says so.
      noteRefusal(http, enrolment);
      return seeOther(http, visit.page);
  }
}

/** POST /account/security/two-factor/confirm: turns it on with a first code. */
export async function confirmSetUp(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { codeMissing, setUp } = texts.accountSecondFactor;
  http.var.log.operation = "confirmTotp";
  const enrolment = await openSetUp(visit, form.set_up);
  // Posted twice, or from elsewhere: the page says how things are.
  if (!enrolment || caller.account.twoFactorEnabled) {
    return seeOther(http, visit.page);
  }
  const code = typedCode(form.code);
  if (!code) {
    http.var.log.reason = "invalid_request";
    return setUpForm(visit, enrolment, { problem: inFields(codeMissing, "code") });
  }
  const { enrolmentId } = enrolment;
  const confirmed = await operations.confirmTotp(context, { caller, code, enrolmentId });
  if (!(confirmed instanceof Refused)) {
    return recoveryCodesPage(visit, confirmed);
  }
  noteRefusal(http, confirmed);
  switch (confirmed.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountSecondFactor.title, confirmed.reason);
    case "second_factor_invalid":
      return setUpForm(visit, enrolment, { problem: inFields(setUp.wrong, "code"), status: 401 });
    case "rate_limited": {
      const problem = tooManyAttempts(texts, confirmed);
      return setUpForm(visit, enrolment, { problem, status: 429 });
    }
  }
}

interface Problem {
  problem?: FormProblem;
  status?: ContentfulStatusCode;
}

async function setUpForm(
  visit: Visit,
  enrolment: Enrolment,
  { problem, status = problem ? 400 : 200 }: Problem = {},
): Promise<Response> {
  const { setUp } = visit.texts.accountSecondFactor;
  const { title } = setUp;
  const problems = problem ? [problem] : [];
  const sealed = await sealSetUp(visit, enrolment);
  return accountPage(
    visit,
    { title, hasProblems: problem !== undefined, status },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <p>{setUp.scan}</p>
      <QrCode text={enrolment.otpauthUri} label={setUp.qrCode} />
      <p>{setUp.type}</p>
      <pre class="secret">{inGroups(enrolment.secret)}</pre>
      <TokenForm visit={visit} action={CONFIRM}>
        <input type="hidden" name="set_up" value={sealed} />
        <p>{setUp.confirm}</p>
        <CodeField label={setUp.code} problems={problems} />
        <button type="submit">{setUp.submit}</button>
      </TokenForm>
      <TokenForm visit={visit}>
        <button class="quiet" type="submit">
          {setUp.again}
        </button>
      </TokenForm>
    </>,
  );
}

/** Apps leave out the spaces, and people who type need them. */
function inGroups(secret: string): string {
  return secret.replace(/.{4}(?=.)/g, "$& ");
}
