import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as z from "zod";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { emailAddress } from "../form/email-field.tsx";
import { formPost } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { currentPassword } from "../form/password-field.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { typingProblems } from "../form/typing-problems.ts";
import { page } from "../frame/page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { textsOf } from "../frame/texts-of.ts";
import { replacePageSession } from "../session/page-session.ts";
import { ANYONE, whoIsThere } from "../session/who-is-there.ts";
import { terms } from "../terms.ts";
import { mayRegister } from "./may-register.ts";
import { passkeyScript } from "./passkey-script.ts";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { returnTo } from "./return-to.ts";
import { secondFactorForm } from "./second-factor-page.tsx";
import { SignInForm } from "./sign-in-form.tsx";

type Http = HttpContext<AppEnv>;

const credentials = z.object({ email: emailAddress, password: currentPassword });

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
    const problems = typingProblems(textsOf(http), parsed.error);
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
      return {
        status: 401,
        problems: [inFields(texts.signIn.wrong, "email", "password")],
      } as const;
    case "rate_limited":
      return { status: 429, problems: [tooManyAttempts(texts, refused)] } as const;
  }
}

interface Shown {
  returnPath: string;
  /** As it was typed. */
  email?: string;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

/** The page with everything that was typed, and what is wrong with it. */
export async function signInForm(
  http: Http,
  { returnPath, email, problems = [], status = 200 }: Shown,
): Promise<Response> {
  const onTheWay = await requestOnTheWay(http, returnPath);
  const request = onTheWay?.request ?? null;
  const [found, isOpen, passkey] = await Promise.all([
    whoIsThere(http, returnPath, request),
    mayRegister(http),
    operations.startPasskeySignIn(contextOf(http, terms)),
  ]);
  // Who was refused wanted to sign in, and not to go on.
  const hasProblems = problems.length > 0;
  const visitor = hasProblems && found.is === "signedIn" ? ANYONE : found;
  const hinted = visitor.is === "anew" ? visitor.email : request?.loginHint;
  const texts = textsOf(http);
  return page(
    http,
    { title: texts.signIn[visitor.is].title, hasProblems, status, script: passkeyScript() },
    <SignInForm
      texts={texts}
      visitor={visitor}
      returnPath={returnPath}
      clientName={onTheWay?.clientName ?? null}
      email={email ?? hinted ?? undefined}
      mayRegister={isOpen}
      passkey={passkey}
      problems={problems}
    />,
  );
}
