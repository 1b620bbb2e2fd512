import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../core/operations.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { EmailField, emailAddress } from "./email-field.tsx";
import { formPost } from "./form-post.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

/** GET /forgot */
export function showForgot(http: Http): Promise<Response> {
  return forgotForm(http, {});
}

/** POST /forgot: orders a link, and answers alike whether the address has an account. */
export const postForgot = formPost(async (http, form) => {
  http.var.log.operation = "requestPasswordReset";
  const typed = emailAddress.safeParse(form.email);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    const problems = typed.error.issues.map(({ message }) => message);
    return forgotForm(http, { email: form.email, problems, status: 400 });
  }
  const refused = await operations.requestPasswordReset(contextOf(http, terms), {
    email: typed.data,
  });
  if (refused) {
    noteRefusal(http, refused);
    const problems = [`Too many requests. ${whenToComeBack(textsOf(http), refused)}`];
    return forgotForm(http, { email: typed.data, problems, status: 429 });
  }
  return sent(http);
});

interface ForgotForm {
  email?: string | undefined;
  problems?: readonly string[];
  status?: ContentfulStatusCode;
}

function forgotForm(http: Http, { email, problems = [], status = 200 }: ForgotForm) {
  const title = "Forgot your password?";
  return page(
    http,
    { title: problems.length > 0 ? `Error: ${title}` : title, status },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <form method="post" action="/forgot">
        <EmailField value={email} />
        <button type="submit">Mail me a link</button>
      </form>
      <p>
        <a href="/signin">Back to sign in</a>
      </p>
    </>,
  );
}

function sent(http: Http): Promise<Response> {
  return page(
    http,
    { title: "Check your inbox" },
    <>
      <h1>Check your inbox</h1>
      <p>
        If that address has an account, a link to set a new password is on its way. It works for an
        hour; look in the junk folder too.
      </p>
    </>,
  );
}
