import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import { EmailField, emailAddress } from "../form/email-field.tsx";
import { formPost } from "../form/form-post.ts";
import type { FormProblem } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { typingProblems } from "../form/typing-problems.ts";
import { whenToComeBack } from "../form/when-to-come-back.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { onTheWayTo, returnTo, signInPath } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";

type Http = HttpContext<AppEnv>;

/** GET /forgot */
export function showForgot(http: Http): Promise<Response> {
  return forgotForm(http, { returnPath: returnTo(http.req.query("return_to")) });
}

/** POST /forgot: orders a link, and answers alike whether the address has an account. */
export const postForgot = formPost(async (http, form) => {
  http.var.log.operation = "requestPasswordReset";
  const texts = textsOf(http);
  const returnPath = returnTo(form.return_to);
  const typed = emailAddress.safeParse(form.email);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    const problems = typingProblems(texts, typed.error, "email");
    return forgotForm(http, { returnPath, email: form.email, problems, status: 400 });
  }
  const email = typed.data;
  const refused = await operations.requestPasswordReset(contextOf(http, terms), { email });
  if (refused) {
    noteRefusal(http, refused);
    const comeBack = whenToComeBack(texts, refused);
    const problems = [fill(texts.fields.tooManyRequests, { comeBack })];
    return forgotForm(http, { returnPath, email, problems, status: 429 });
  }
  return sent(http, returnPath);
});

interface ForgotForm {
  returnPath: string;
  email?: string | undefined;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

function forgotForm(http: Http, { returnPath, email, problems = [], status = 200 }: ForgotForm) {
  const texts = textsOf(http);
  const { title, what, submit, back } = texts.forgot;
  return page(
    http,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <p>{what}</p>
      <form method="post" action="/forgot">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField texts={texts} value={email} problems={problems} />
        <button type="submit">{submit}</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{back}</a>
      </p>
    </>,
  );
}

function sent(http: Http, returnPath: string): Promise<Response> {
  const { back, sent } = textsOf(http).forgot;
  return page(
    http,
    { title: sent.title },
    <>
      <h1>{sent.title}</h1>
      <p>{sent.what}</p>
      <p>{sent.nothingCame}</p>
      <ul class="ways">
        <li>
          <a href={onTheWayTo(returnPath, "/forgot")}>{sent.again}</a>
        </li>
        <li>
          <a href={signInPath(returnPath)}>{back}</a>
        </li>
      </ul>
    </>,
  );
}
