import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as z from "zod";
import { operations } from "../core/operations.ts";
import { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import type { Texts } from "../texts/texts.ts";
import { EmailField, emailAddress } from "./email-field.tsx";
import { ForeignText } from "./foreign-text.tsx";
import { formPost } from "./form-post.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { replacePageSession } from "./page-session.ts";
import { PASSWORD_MAX_LENGTH, PasswordField } from "./password-field.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { returnTo } from "./return-to.ts";
import { secondFactorForm } from "./second-factor-page.tsx";
import { seeOther } from "./see-other.ts";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

const NAME_MAX_LENGTH = 60;
const noPassword = { error: "Enter your password." };
const longPassword = { error: `A password has at most ${PASSWORD_MAX_LENGTH} characters here.` };

const credentials = z.object({
  email: emailAddress,
  password: z.string(noPassword).min(1, noPassword).max(PASSWORD_MAX_LENGTH, longPassword),
});

/** GET /signin */
export function showSignIn(http: Http): Promise<Response> {
  return signInForm(http, { returnPath: returnTo(http.req.query("return_to")) });
}

/** POST /signin: opens a session for this browser and ends the one it had. ASVS 7.2.4. */
export const postSignIn = formPost(async (http, form) => {
  http.var.log.operation = "startSignIn";
  const typed = { email: form.email ?? "", returnPath: returnTo(form.return_to) };
  const parsed = credentials.safeParse(form);
  if (!parsed.success) {
    http.var.log.reason = "invalid_request";
    const problems = parsed.error.issues.map(({ message }) => message);
    return signInForm(http, { ...typed, problems, status: 400 });
  }
  const context = contextOf(http, terms);
  const signedIn = await operations.startSignIn(context, parsed.data);
  if (signedIn instanceof Refused) {
    noteRefusal(http, signedIn);
    return signInForm(http, { ...typed, ...wordingOf(textsOf(http), signedIn) });
  }
  if ("challengeToken" in signedIn) {
    return secondFactorForm(http, { ...signedIn, returnPath: typed.returnPath });
  }
  await replacePageSession(http, context, signedIn.session);
  return seeOther(http, typed.returnPath);
});

function wordingOf(texts: Texts, refused: Refused<"invalid_credentials" | "rate_limited">) {
  switch (refused.reason) {
    case "invalid_credentials":
      return { status: 401, problems: ["The e-mail address or the password is wrong."] } as const;
    case "rate_limited":
      return {
        status: 429,
        problems: [`Too many attempts. ${whenToComeBack(texts, refused)}`],
      } as const;
  }
}

interface SignInForm {
  returnPath: string;
  email?: string;
  problems?: readonly string[];
  status?: ContentfulStatusCode;
}

async function signInForm(
  http: Http,
  { returnPath, email, problems = [], status = 200 }: SignInForm,
): Promise<Response> {
  const request = await requestOnTheWay(http, returnPath);
  return page(
    http,
    { title: problems.length > 0 ? "Error: Sign in" : "Sign in", status },
    <>
      <h1>Sign in</h1>
      {request && (
        <p>
          Then you go on to{" "}
          <strong>
            <ForeignText text={request.clientName} maxLength={NAME_MAX_LENGTH} />
          </strong>
          .
        </p>
      )}
      <ProblemSummary problems={problems} />
      <form method="post" action="/signin">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField value={email ?? request?.loginHint ?? undefined} />
        <PasswordField label="Password" autocomplete="current-password" />
        <button type="submit">Sign in</button>
      </form>
      <p>
        <a href="/forgot">Forgot your password?</a>
      </p>
    </>,
  );
}
