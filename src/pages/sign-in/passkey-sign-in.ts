import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { formPost } from "../form/form-post.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeOther } from "../frame/see-other.ts";
import { textsOf } from "../frame/texts-of.ts";
import { replacePageSession } from "../session/page-session.ts";
import { terms } from "../terms.ts";
import { returnTo } from "./return-to.ts";
import { signInForm } from "./sign-in-page.tsx";

/** POST /signin/passkey: opens a session for this browser with a passkey, and ends the one it had. */
export const postPasskeySignIn = formPost(async (http, form) => {
  http.var.log.operation = "signInWithPasskey";
  const { ceremony = "", answer = "" } = form;
  const returnPath = returnTo(form.return_to);
  const context = contextOf(http, terms);
  const signedIn = await operations.signInWithPasskey(context, { ceremony, answer });
  if (signedIn instanceof Refused) {
    noteRefusal(http, signedIn);
    return signInForm(http, { returnPath, ...wordingOf(textsOf(http), signedIn) });
  }
  await replacePageSession(http, context, signedIn.session);
  return seeOther(http, returnPath);
});

function wordingOf(
  texts: Texts,
  refused: Refused<"challenge_invalid" | "passkey_invalid" | "rate_limited">,
) {
  switch (refused.reason) {
    case "challenge_invalid":
      return { status: 400, problems: [texts.signIn.latePasskey] } as const;
    case "passkey_invalid":
      return { status: 401, problems: [texts.signIn.wrongPasskey] } as const;
    case "rate_limited":
      return { status: 429, problems: [tooManyAttempts(texts, refused)] } as const;
  }
}
