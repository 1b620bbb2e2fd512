import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../core/operations.ts";
import { Refused } from "../core/refused.ts";
import type { GivenSecondFactor } from "../core/second-factor/second-factor.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import type { Texts } from "../texts/texts.ts";
import { formPost } from "./form-post.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { replacePageSession } from "./page-session.ts";
import { ProblemSummary } from "./problem-summary.tsx";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { returnTo, signInPath } from "./return-to.ts";
import { seeOther } from "./see-other.ts";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

/** Longer than any code with the spaces that people put in. */
const CODE_MAX_LENGTH = 32;

/** POST /signin/code: the second step, for accounts with a second factor. */
export const postSecondFactor = formPost(async (http, form) => {
  http.var.log.operation = "finishSignIn";
  const { challenge: challengeToken = "", code: typed = "" } = form;
  const returnPath = returnTo(form.return_to);
  const context = contextOf(http, terms);
  const given = readCode(typed);
  if (!given) {
    http.var.log.reason = "invalid_request";
    const problem = "Enter the code from your app, or one of your recovery codes.";
    return secondFactorForm(http, { challengeToken, returnPath, problem, status: 400 });
  }
  const signedIn = await operations.finishSignIn(context, { challengeToken, ...given });
  if (signedIn instanceof Refused) {
    noteRefusal(http, signedIn);
    const wording = wordingOf(textsOf(http), signedIn);
    return wording
      ? secondFactorForm(http, { challengeToken, returnPath, ...wording })
      : seeOther(http, signInPath(returnPath));
  }
  await replacePageSession(http, context, signedIn.session);
  return seeOther(http, returnPath);
});

/** Six digits are a code of the app, anything else may be a recovery code. */
function readCode(typed: string): GivenSecondFactor | null {
  const compact = typed.replaceAll(/\s/g, "");
  if (compact === "" || typed.length > CODE_MAX_LENGTH) {
    return null;
  }
  return /^\d{6}$/.test(compact) ? { code: compact } : { recoveryCode: compact };
}

/** Null where only starting again will do. */
function wordingOf(
  texts: Texts,
  refused: Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">,
) {
  switch (refused.reason) {
    case "challenge_invalid":
      return null;
    case "second_factor_invalid":
      return { status: 401, problem: "That code is wrong or was used already." } as const;
    case "rate_limited":
      return {
        status: 429,
        problem: `Too many attempts. ${whenToComeBack(texts, refused)}`,
      } as const;
  }
}

interface SecondFactorForm {
  challengeToken: string;
  returnPath: string;
  problem?: string;
  status?: ContentfulStatusCode;
}

/** Asks for the second factor of an account whose password was right. */
export async function secondFactorForm(
  http: Http,
  { challengeToken, returnPath, problem, status = 200 }: SecondFactorForm,
): Promise<Response> {
  await requestOnTheWay(http, returnPath);
  return page(
    http,
    { title: problem ? "Error: Enter your code" : "Enter your code", status },
    <>
      <h1>Enter your code</h1>
      <ProblemSummary problems={problem ? [problem] : []} />
      <form method="post" action="/signin/code">
        <input type="hidden" name="challenge" value={challengeToken} />
        <input type="hidden" name="return_to" value={returnPath} />
        <label for="code">Code</label>
        <p class="hint" id="code-hint">
          From your authenticator app, or one of your recovery codes.
        </p>
        <input
          id="code"
          name="code"
          type="text"
          autocomplete="one-time-code"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby="code-hint"
          required
        />
        <button type="submit">Sign in</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>Start again</a>
      </p>
    </>,
  );
}
