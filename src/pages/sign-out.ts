import { operations } from "../core/operations.ts";
import { Refused } from "../core/refused.ts";
import { contextOf } from "../http/app-env.ts";
import { errorPage } from "./error-page.tsx";
import { formPost } from "./form-post.ts";
import { holdsFormToken } from "./form-token.ts";
import { clearPageCookie, findPageCaller } from "./page-session.ts";
import { seeOther } from "./see-other.ts";
import { terms } from "./terms.ts";

/** POST /signout: ends the session everywhere and clears this browser. Harmless when nobody is in. */
export const postSignOut = formPost(async (http, { csrf }) => {
  http.var.log.operation = "signOut";
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  if (caller) {
    if (!(await holdsFormToken(context, caller, csrf))) {
      return errorPage(http, new Refused("cross_site"));
    }
    await operations.signOut(context, { caller });
  }
  clearPageCookie(http, context);
  return seeOther(http, "/signin");
});
