import type { ContentfulStatusCode } from "hono/utils/http-status";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { emailAddress } from "../form/email-field.tsx";
import { Field } from "../form/field.tsx";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { TokenForm } from "../form/token-form.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { typingProblems } from "../form/typing-problems.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { ConfirmAgain } from "./confirm-again.tsx";

/** GET /account/security/email */
export async function showEmail(visit: Visit): Promise<Response> {
  const { caller, texts } = visit;
  const barred = operations.requestEmailChange.refuseCaller(caller);
  return barred ? barredPage(visit, texts.accountEmail.title, barred.reason) : emailForm(visit);
}

/** POST /account/security/email: what it says is the same whether or not the address is taken. */
export async function postEmail(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, unchanged } = texts.accountEmail;
  http.var.log.operation = "requestEmailChange";
  const newEmail = form.email ?? "";
  const typed = emailAddress.safeParse(newEmail);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    const problems = typingProblems(texts, typed.error, "email");
    return emailForm(visit, { newEmail, problems });
  }
  const asked = { caller, newEmail: typed.data };
  const refused = await operations.requestEmailChange(context, asked);
  if (!refused) {
    return seeDone(visit, "/account/security", "emailAsked");
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, title, refused.reason);
    case "sign_in_stale":
      return seeOther(http, signInPath(visit.page));
    case "email_unchanged":
      return emailForm(visit, { newEmail, problems: [inFields(unchanged, "email")] });
    case "rate_limited":
      return emailForm(visit, {
        newEmail,
        problems: [tooManyAttempts(texts, refused)],
        status: 429,
      });
  }
}

/** POST /account/security/email/again */
export async function postConfirmAgain(visit: Visit): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "resendVerification";
  const refused = await operations.resendVerification(context, { caller });
  if (!(refused instanceof Refused)) {
    return seeDone(visit, "/account/security/email", "confirmationMailed");
  }
  if (refused.reason === "insufficient_scope") {
    return barredPage(visit, texts.accountEmail.title, refused.reason);
  }
  noteRefusal(http, refused);
  return emailForm(visit, { problems: [tooManyAttempts(texts, refused)], status: 429 });
}

interface EmailForm {
  newEmail?: string;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

function emailForm(
  visit: Visit,
  { newEmail = "", problems = [], status = problems.length > 0 ? 400 : 200 }: EmailForm = {},
): Promise<Response> {
  const { caller, texts } = visit;
  const { title, now, nowUnconfirmed, what, field, submit } = texts.accountEmail;
  const { email, emailVerifiedAt } = caller.account;
  return accountPage(
    visit,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <p>
        <Sentence
          of={emailVerifiedAt ? now : nowUnconfirmed}
          email={<ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />}
        />
      </p>
      {!emailVerifiedAt && <ConfirmAgain visit={visit} />}
      <p>{what}</p>
      <ProblemSummary problems={problems} />
      <TokenForm visit={visit}>
        <Field
          label={field}
          problems={problems}
          name="email"
          type="email"
          value={newEmail}
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <button type="submit">{submit}</button>
      </TokenForm>
    </>,
  );
}
