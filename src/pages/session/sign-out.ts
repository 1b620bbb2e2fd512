import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { sessionOfPageCookie } from "../../core/session/identify.ts";
import { contextOf } from "../../http/app-env.ts";
import { readPageCookie } from "../../http/page-cookie.ts";
import { formPost } from "../form/form-post.ts";
import { holdsFormToken } from "../form/form-token.ts";
import { errorPage } from "../frame/error-page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { returnTo, signInPath } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";
import { clearPageCookie } from "./page-session.ts";

/** POST /signout: ends the session everywhere and clears this browser. Harmless when nobody is in. */
export const postSignOut = formPost(async (http, { csrf, return_to }) => {
  http.var.log.operation = "signOut";
  const context = contextOf(http, terms);
  const pageCookie = readPageCookie(http, context.settings.publicUrl);
  const sessionId = pageCookie && (await sessionOfPageCookie(context, pageCookie));
  if (pageCookie && sessionId) {
    if (!(await holdsFormToken(context, sessionId, csrf))) {
      return errorPage(http, new Refused("cross_site"));
    }
    await operations.signOutIfIn(context, { sessionId });
  }
  clearPageCookie(http, context);
  return seeOther(http, return_to ? signInPath(returnTo(return_to)) : "/signin");
});
