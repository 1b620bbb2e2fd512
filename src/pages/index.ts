import { type Context, type Handler, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { accountPages } from "./account/account-pages.ts";
import { getAuthorize, postAuthorize } from "./authorize/authorize.ts";
import { postConsent, showConsent } from "./authorize/consent-page.ts";
import { postDevice, showDevice } from "./device/device-page.ts";
import { FORM_MAX_BYTES } from "./form/form-post.ts";
import { ownFormsOnly } from "./form/own-forms-only.ts";
import { errorPage } from "./frame/error-page.tsx";
import { showLogo } from "./frame/logo.ts";
import { pageFailure } from "./frame/page-failure.ts";
import { seeOther } from "./frame/see-other.ts";
import { showStyle } from "./frame/style-sheet.ts";
import { frontPage } from "./front-page.tsx";
import { postEmailChange, showEmailChange } from "./mailed-links/email-change-page.tsx";
import { postForgot, showForgot } from "./mailed-links/forgot-page.tsx";
import { postReset, showReset } from "./mailed-links/reset-page.tsx";
import { postSecure, showSecure } from "./mailed-links/secure-page.tsx";
import { postVerify, showVerify } from "./mailed-links/verify-page.tsx";
import { managePages } from "./manage/manage-pages.ts";
import { postSignOut } from "./session/sign-out.ts";
import { postMailedCodeEntry } from "./sign-in/mailed-code-entry.tsx";
import { postMailedCode, showMailedCode } from "./sign-in/mailed-code-page.tsx";
import { showPasskeyScript } from "./sign-in/passkey-script.ts";
import { postPasskeySignIn } from "./sign-in/passkey-sign-in.ts";
import { postRegister, showRegister } from "./sign-in/register-page.tsx";
import { postSecondFactor } from "./sign-in/second-factor-page.tsx";
import { postSignIn, showSignIn } from "./sign-in/sign-in-page.tsx";
import { terms } from "./terms.ts";

export interface PageSettings {
  publicUrl: string;
  /** The front page then helps to try things. */
  development: boolean;
}

interface Answers {
  GET?: Handler<AppEnv>;
  /** From our own pages alone. */
  POST?: Handler<AppEnv>;
  /** From any site. */
  FOREIGN_POST?: Handler<AppEnv>;
}

/**
 * What people see. Middleware is bound to the pages' own paths, so that it touches nothing of what
 * is mounted beside them.
 */
export function pages(settings: PageSettings): Hono<AppEnv> {
  const routes: Record<string, Answers> = {
    "/": { GET: frontPage(settings) },
    "/signin": { GET: showSignIn, POST: postSignIn },
    "/signin/code": { GET: startAgain("/signin"), POST: postSecondFactor },
    "/signin/passkey": { GET: startAgain("/signin"), POST: postPasskeySignIn },
    "/signin/mail": { GET: showMailedCode, POST: postMailedCode },
    "/signin/mail/code": { GET: startAgain("/signin/mail"), POST: postMailedCodeEntry },
    "/register": { GET: showRegister, POST: postRegister },
    "/signout": { POST: postSignOut },
    "/device": { GET: showDevice, POST: postDevice },
    ...accountPages,
    ...managePages,
    "/account/email/confirm": { GET: showEmailChange, POST: postEmailChange },
    "/oauth/authorize": { GET: noHead(getAuthorize), FOREIGN_POST: postAuthorize },
    "/oauth/consent": { GET: noHead(showConsent), POST: postConsent },
    "/forgot": { GET: showForgot, POST: postForgot },
    "/verify": { GET: showVerify, POST: postVerify },
    "/secure": { GET: showSecure, POST: postSecure },
    "/reset": { GET: showReset, POST: postReset },
    // Where the links of the CREDEBL contract lead on a site, this one among them.
    "/verify-email-success": { GET: showVerify },
    "/reset-password": { GET: showReset },
    "/style.css": { GET: showStyle },
    "/assets/logo": { GET: showLogo },
    "/assets/passkey.js": { GET: showPasskeyScript },
  };
  const guard = ownFormsOnly(settings.publicUrl);
  const app = new Hono<AppEnv>().onError(pageFailure);
  for (const [path, answers] of Object.entries(routes)) {
    app.use(path, asPage);
    if (answers.GET) {
      app.get(path, answers.GET);
    }
    if (answers.POST) {
      app.post(path, guard, limit, answers.POST);
    }
    if (answers.FOREIGN_POST) {
      app.post(path, limit, answers.FOREIGN_POST);
    }
  }
  return app;
}

/** A second step has nothing to show without the first. */
const startAgain =
  (path: string): Handler<AppEnv> =>
  (http) =>
    seeOther(http, path);

/** Who asks for the head alone gets no code with it. */
const noHead =
  (answer: (http: Context<AppEnv>) => Promise<Response>): Handler<AppEnv> =>
  (http) => {
    if (http.req.method === "HEAD") {
      http.header("allow", "GET, POST");
      return errorPage(http, new Refused("method_not_allowed"));
    }
    return answer(http);
  };

const asPage: Handler<AppEnv> = async (http, next) => {
  http.var.log.contract = terms.contract;
  await next();
};

const limit = bodyLimit({
  maxSize: FORM_MAX_BYTES,
  onError: (http) => errorPage(http, new Refused("body_too_large")),
});
