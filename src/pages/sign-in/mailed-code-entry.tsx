import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations, type ReasonOf } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { GivenSecondFactor } from "../../core/second-factor/second-factor.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { emailAddress } from "../form/email-field.tsx";
import { Field } from "../form/field.tsx";
import { formPost } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { page } from "../frame/page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { textsOf } from "../frame/texts-of.ts";
import { replacePageSession } from "../session/page-session.ts";
import { terms } from "../terms.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { askSecondFactor } from "./ask-second-factor.tsx";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { onTheWayTo, returnTo, signInPath } from "./return-to.ts";
import { typedSecondFactor } from "./typed-second-factor.ts";

type Http = HttpContext<AppEnv>;

/** Longer than any code with the spaces that people put in. */
const CODE_MAX_LENGTH = 32;

/** What was typed so far. It goes from form to form, and never stands in an address. */
interface Entry {
  returnPath: string;
  email: string;
  mailedCode: string;
  /** Null until it was asked for. */
  secondFactor: GivenSecondFactor | null;
}

interface Problem {
  problem?: FormProblem;
  status?: ContentfulStatusCode;
}

/**
 * POST /signin/mail/code: signs in with the code of a mail and, where the account has one, a second
 * factor. Who is asked for that brings both together: until then the code is not spent.
 */
export const postMailedCodeEntry = formPost(async (http, form) => {
  http.var.log.operation = "signInWithCode";
  const { email: typedEmail, mailed_code: mailedCode = "", code } = form;
  const texts = textsOf(http);
  const returnPath = returnTo(form.return_to);
  const email = emailAddress.safeParse(typedEmail).data;
  if (email === undefined) {
    return seeOther(http, onTheWayTo(returnPath, "/signin/mail"));
  }
  const secondFactor = code === undefined ? null : typedSecondFactor(code);
  const entry = { returnPath, email, mailedCode, secondFactor };
  if (mailedCode.trim() === "" || mailedCode.length > CODE_MAX_LENGTH) {
    http.var.log.reason = "invalid_request";
    const problem = inFields(texts.mailedCode.missing, "mailed_code");
    return enterMailedCode(http, { ...entry, problem, status: 400 });
  }
  if (code !== undefined && !secondFactor) {
    http.var.log.reason = "invalid_request";
    const problem = inFields(texts.secondFactor.missing, "code");
    return enterSecondFactor(http, { ...entry, problem, status: 400 });
  }
  return signIn(http, entry);
});

async function signIn(http: Http, entry: Entry): Promise<Response> {
  const { email, mailedCode, secondFactor, returnPath } = entry;
  const context = contextOf(http, terms);
  const signedIn = await operations.signInWithCode(context, {
    email,
    code: mailedCode,
    totpCode: secondFactor?.code,
    recoveryCode: secondFactor?.recoveryCode,
  });
  if (signedIn instanceof Refused) {
    noteRefusal(http, signedIn);
    return refuse(http, entry, signedIn);
  }
  await replacePageSession(http, context, signedIn.session);
  return seeOther(http, returnPath);
}

function refuse(http: Http, entry: Entry, refused: Refused<ReasonOf<"signInWithCode">>) {
  const texts = textsOf(http);
  const { wrong, exhausted, spentWithRecoveryCode } = texts.mailedCode;
  switch (refused.reason) {
    case "login_code_invalid":
      return enterMailedCode(http, {
        ...entry,
        problem: inFields(wrong, "mailed_code"),
        status: 401,
      });
    case "login_code_exhausted":
      return enterMailedCode(http, { ...entry, problem: exhausted, status: 429 });
    case "second_factor_required":
      return enterSecondFactor(http, entry);
    case "second_factor_invalid":
      // Which recovery codes are good shows only when the session opens, and the code is spent first.
      return entry.secondFactor?.recoveryCode === undefined
        ? enterSecondFactor(http, {
            ...entry,
            problem: inFields(texts.secondFactor.wrong, "code"),
            status: 401,
          })
        : enterMailedCode(http, { ...entry, problem: spentWithRecoveryCode, status: 401 });
    case "rate_limited": {
      const ask = entry.secondFactor ? enterSecondFactor : enterMailedCode;
      return ask(http, { ...entry, problem: tooManyAttempts(texts, refused), status: 429 });
    }
  }
}

function enterSecondFactor(
  http: Http,
  { email, mailedCode, ...question }: Omit<Entry, "secondFactor"> & Problem,
): Promise<Response> {
  const hidden = { email, mailed_code: mailedCode };
  const besides = <NeverSetUp texts={textsOf(http)} returnPath={question.returnPath} />;
  return askSecondFactor(http, { ...question, action: "/signin/mail/code", hidden, besides });
}

/**
 * Who reads the mailbox may meet the app of whoever registered its address before them. The same for every
 * account: what a new password turns off, the page after it says.
 */
function NeverSetUp({ texts, returnPath }: { texts: Texts; returnPath: string }) {
  const { title, what, link } = texts.mailedCode.neverSetUp;
  return (
    <details>
      <summary>{title}</summary>
      <p>
        <Sentence of={what} link={<a href={onTheWayTo(returnPath, "/forgot")}>{link}</a>} />
      </p>
    </details>
  );
}

/** Asks for the code of the mail, or to have another one sent. */
export async function enterMailedCode(
  http: Http,
  { returnPath, email, problem, status = 200 }: Pick<Entry, "returnPath" | "email"> & Problem,
): Promise<Response> {
  await requestOnTheWay(http, returnPath);
  const texts = textsOf(http);
  const { enter, withPassword } = texts.mailedCode;
  const problems = problem ? [problem] : [];
  return page(
    http,
    { title: enter.title, hasProblems: problem !== undefined, status },
    <>
      <h1>{enter.title}</h1>
      <ProblemSummary problems={problems} />
      <p>
        <Sentence
          of={enter.what}
          email={<ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />}
        />
      </p>
      <form method="post" action="/signin/mail/code">
        <input type="hidden" name="return_to" value={returnPath} />
        <input type="hidden" name="email" value={email} />
        <Field
          label={enter.code}
          problems={problems}
          name="mailed_code"
          id="mailed-code"
          class="code-field"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          required
        />
        <button type="submit">{enter.submit}</button>
      </form>
      <form method="post" action="/signin/mail">
        <input type="hidden" name="return_to" value={returnPath} />
        <input type="hidden" name="email" value={email} />
        <button type="submit" class="quiet">
          {enter.another}
        </button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{withPassword}</a>
      </p>
    </>,
  );
}
