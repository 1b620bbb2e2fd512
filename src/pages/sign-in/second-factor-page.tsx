import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { formPost } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeOther } from "../frame/see-other.ts";
import { textsOf } from "../frame/texts-of.ts";
import { replacePageSession } from "../session/page-session.ts";
import { terms } from "../terms.ts";
import { askSecondFactor } from "./ask-second-factor.tsx";
import { lapsedSignInPage } from "./lapsed-sign-in-page.tsx";
import { returnTo } from "./return-to.ts";
import { typedSecondFactor } from "./typed-second-factor.ts";

type Http = HttpContext<AppEnv>;

/** POST /signin/code: the second step, for accounts with a second factor. */
export const postSecondFactor = formPost(async (http, form) => {
  http.var.log.operation = "finishSignIn";
  const { challenge: challengeToken = "", answer: passkeyAnswer } = form;
  const returnPath = returnTo(form.return_to);
  const context = contextOf(http, terms);
  const texts = textsOf(http);
  const given = passkeyAnswer === undefined ? typedSecondFactor(form.code) : { passkeyAnswer };
  if (!given) {
    http.var.log.reason = "invalid_request";
    const problem = inFields(texts.secondFactor.missing, "code");
    return secondFactorForm(http, { challengeToken, returnPath, problem, status: 400 });
  }
  const signedIn = await operations.finishSignIn(context, { challengeToken, ...given });
  if (signedIn instanceof Refused) {
    noteRefusal(http, signedIn);
    const wording = wordingOf(texts, signedIn, passkeyAnswer !== undefined);
    return wording
      ? secondFactorForm(http, { challengeToken, returnPath, ...wording })
      : lapsedSignInPage(http, returnPath);
  }
  await replacePageSession(http, context, signedIn.session);
  return seeOther(http, returnPath);
});

/** Null where only starting again will do. */
function wordingOf(
  texts: Texts,
  refused: Refused<"challenge_invalid" | "second_factor_invalid" | "rate_limited">,
  isPasskey: boolean,
) {
  switch (refused.reason) {
    case "challenge_invalid":
      return null;
    case "second_factor_invalid":
      return {
        status: 401,
        problem: isPasskey
          ? texts.secondFactor.wrongPasskey
          : inFields(texts.secondFactor.wrong, "code"),
      } as const;
    case "rate_limited":
      return { status: 429, problem: tooManyAttempts(texts, refused) } as const;
  }
}

interface SecondFactorForm {
  challengeToken: string;
  returnPath: string;
  problem?: FormProblem;
  status?: ContentfulStatusCode;
}

/** Asks for the second factor of an account whose password was right: a passkey, if it has one. */
export async function secondFactorForm(
  http: Http,
  { challengeToken, ...question }: SecondFactorForm,
): Promise<Response> {
  const offer = await operations.offerPasskey(contextOf(http, terms), { challengeToken });
  return askSecondFactor(http, {
    ...question,
    action: "/signin/code",
    hidden: { challenge: challengeToken },
    passkeyOptions: offer?.options ?? null,
  });
}
