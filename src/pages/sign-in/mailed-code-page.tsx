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
import { whoIsThere } from "../session/who-is-there.ts";
import { terms } from "../terms.ts";
import { enterMailedCode } from "./mailed-code-entry.tsx";
import { mayRegister } from "./may-register.ts";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { returnTo, signInPath } from "./return-to.ts";

type Http = HttpContext<AppEnv>;

/** GET /signin/mail */
export async function showMailedCode(http: Http): Promise<Response> {
  const returnPath = returnTo(http.req.query("return_to"));
  const request = (await requestOnTheWay(http, returnPath))?.request ?? null;
  const visitor = await whoIsThere(http, returnPath, request);
  const email = visitor.email ?? request?.loginHint ?? undefined;
  return mailedCodeForm(http, { returnPath, email });
}

/** POST /signin/mail: has a code sent, and answers alike whether the address has an account. */
export const postMailedCode = formPost(async (http, form) => {
  http.var.log.operation = "sendLoginCode";
  const texts = textsOf(http);
  const returnPath = returnTo(form.return_to);
  const typed = emailAddress.safeParse(form.email);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    const problems = typingProblems(texts, typed.error, "email");
    return mailedCodeForm(http, { returnPath, email: form.email, problems, status: 400 });
  }
  const email = typed.data;
  const refused = await operations.sendLoginCode(contextOf(http, terms), { email });
  if (refused) {
    noteRefusal(http, refused);
    const comeBack = whenToComeBack(texts, refused);
    const problems = [fill(texts.fields.tooManyRequests, { comeBack })];
    return mailedCodeForm(http, { returnPath, email, problems, status: 429 });
  }
  return enterMailedCode(http, { returnPath, email });
});

interface MailedCodeForm {
  returnPath: string;
  email: string | undefined;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

/** Asks for the address that a code is sent to. */
async function mailedCodeForm(
  http: Http,
  { returnPath, email, problems = [], status = 200 }: MailedCodeForm,
): Promise<Response> {
  const texts = textsOf(http);
  const { ask, withPassword } = texts.mailedCode;
  return page(
    http,
    { title: ask.title, hasProblems: problems.length > 0, status },
    <>
      <h1>{ask.title}</h1>
      <ProblemSummary problems={problems} />
      <p>
        {ask.what}
        {(await mayRegister(http)) && ` ${ask.makesAccount}`}
      </p>
      <form method="post" action="/signin/mail">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField texts={texts} value={email} problems={problems} />
        <button type="submit">{ask.submit}</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{withPassword}</a>
      </p>
    </>,
  );
}
