import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { PasswordSet } from "../../core/account/accounts.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { formPost } from "../form/form-post.ts";
import type { FormProblem } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { NewPasswordField, newPassword } from "../form/password-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { typingProblems } from "../form/typing-problems.ts";
import { weakPasswordProblems } from "../form/weak-password-problems.ts";
import { onwardPage } from "../frame/onward-page.tsx";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { terms } from "../terms.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { mailedToken } from "./mailed-token.ts";

type Http = HttpContext<AppEnv>;

/**
 * GET /reset: spends nothing. Whether the link still works shows when it is used. That it is for a `first`
 * password only its words depend on.
 */
export async function showReset(http: Http): Promise<Response> {
  const { token: ours, verificationCode: credebls, first } = http.req.query();
  const token = mailedToken.safeParse(ours ?? credebls).data;
  return token ? resetForm(http, { token, first }) : deadLinkPage(http, "reset");
}

/** POST /reset: sets the password and signs nobody in. */
export const postReset = formPost(async (http, form) => {
  http.var.log.operation = "resetPassword";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, "reset");
  }
  const { first } = form;
  const texts = textsOf(http);
  const typed = newPassword.safeParse(form.password);
  if (!typed.success) {
    http.var.log.reason = "invalid_request";
    return resetForm(http, {
      token,
      first,
      problems: typingProblems(texts, typed.error, "password"),
      status: 400,
    });
  }
  const context = contextOf(http, terms);
  const set = await operations.resetPassword(context, { token, password: typed.data });
  if (!(set instanceof Refused)) {
    return done(http, first, set);
  }
  noteRefusal(http, set);
  switch (set.reason) {
    case "mailed_link_invalid":
      return deadLinkPage(http, "reset");
    case "weak_password":
      return resetForm(http, {
        token,
        first,
        problems: weakPasswordProblems(http, set),
        status: 400,
      });
    case "rate_limited":
      return resetForm(http, {
        token,
        first,
        problems: [tooManyAttempts(texts, set)],
        status: 429,
      });
  }
});

interface ResetForm {
  token: string;
  /** Anything where the account has no password yet. */
  first: string | undefined;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

function resetForm(http: Http, { token, first, problems = [], status = 200 }: ResetForm) {
  const texts = textsOf(http);
  const { reset } = texts;
  const { title, what } = first === undefined ? reset : reset.first;
  return page(
    http,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <p>{what}</p>
      <form method="post" action="/reset">
        <input type="hidden" name="token" value={token} />
        {first !== undefined && <input type="hidden" name="first" value="1" />}
        <NewPasswordField
          texts={texts}
          least={http.var.ports.settings.passwordMinLength}
          problems={problems}
        />
        <button type="submit">{reset.submit}</button>
      </form>
    </>,
  );
}

function done(http: Http, first: string | undefined, set: PasswordSet): Promise<Response> {
  const { reset, shell } = textsOf(http);
  const { what } = first === undefined ? reset.done : reset.first.done;
  return onwardPage(http, {
    title: reset.done.title,
    says: [what, ...whatElse(reset.done, { isFirst: first !== undefined, ...set })],
    to: { path: "/signin", name: shell.signIn },
  });
}

/** What went with an address that nobody had proved, or what is still there that a stranger may have made. */
function whatElse(
  { stillThere, confirmed, keysGone, secondFactorOff }: Texts["reset"]["done"],
  {
    isFirst,
    isNewlyProved,
    revokedKeyCount,
    isSecondFactorOff,
  }: PasswordSet & { isFirst: boolean },
): string[] {
  if (!isNewlyProved) {
    return isFirst ? [] : [stillThere];
  }
  return [
    confirmed,
    ...(revokedKeyCount > 0 ? [keysGone] : []),
    ...(isSecondFactorOff ? [secondFactorOff] : []),
  ];
}
