import type { Context as HttpContext } from "hono";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { type PolicyReason, Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { barredPage } from "../account/barred-page.tsx";
import { formPost } from "../form/form-post.ts";
import { holdsFormToken } from "../form/form-token.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { errorPage } from "../frame/error-page.tsx";
import { onwardPage } from "../frame/onward-page.tsx";
import { page } from "../frame/page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { textsOf } from "../frame/texts-of.ts";
import { SignedInAs } from "../session/signed-in-as.tsx";
import { beginVisit, type Visit } from "../session/visit.ts";
import { emailChangePath, signInPath } from "../sign-in/return-to.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { deadLinkPage } from "./dead-link-page.tsx";
import { mailedToken } from "./mailed-token.ts";
import { oneClickPage } from "./one-click-page.tsx";

type Http = HttpContext<AppEnv>;

const PATH = "/account/email/confirm";

/** GET /account/email/confirm: for whoever is signed in, or signs in now. */
export async function showEmailChange(http: Http): Promise<Response> {
  const token = mailedToken.safeParse(http.req.query("token")).data;
  return token ? visited(http, token, confirmForm) : deadLinkPage(http, "emailChange");
}

/** POST /account/email/confirm */
export const postEmailChange = formPost(async (http, form) => {
  http.var.log.operation = "confirmEmailChange";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, "emailChange");
  }
  return visited(http, token, async (visit) => {
    const isOurs = await holdsFormToken(visit.context, visit.caller.session.id, form.csrf);
    return isOurs ? confirm(visit, token) : errorPage(http, new Refused("cross_site"));
  });
});

/** Whoever is not signed in does that first, and comes back with the link. */
async function visited(
  http: Http,
  token: string,
  answer: (visit: Visit, token: string) => Promise<Response>,
): Promise<Response> {
  const visit = await beginVisit(http, PATH);
  return visit ? answer(visit, token) : seeOther(http, signInPath(emailChangePath(token)));
}

async function confirm(visit: Visit, token: string): Promise<Response> {
  const { http, context, caller } = visit;
  const refused = await operations.confirmEmailChange(context, { caller, token });
  return refused instanceof Refused ? refuse(visit, token, refused) : changed(http);
}

/** Shows which address would take the place of which. */
async function confirmForm(visit: Visit, token: string): Promise<Response> {
  const { http, context, caller, texts, formToken } = visit;
  http.var.log.operation = "describeEmailChange";
  const change = await operations.describeEmailChange(context, { caller, token });
  if (change instanceof Refused) {
    return refuse(visit, token, change);
  }
  const { title, what, submit } = texts.emailChange;
  const address = (email: string) => (
    <strong>
      <ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />
    </strong>
  );
  return oneClickPage(http, {
    title,
    what: (
      <p>
        <Sentence of={what} to={address(change.toEmail)} from={address(caller.account.email)} />
      </p>
    ),
    submit,
    action: PATH,
    fields: { csrf: formToken, token },
  });
}

type Refusal = Refused<
  | "mailed_link_invalid"
  | "mailed_link_of_another"
  | "rate_limited"
  | "access_token_invalid"
  | PolicyReason
>;

function refuse(visit: Visit, token: string, refused: Refusal): Response | Promise<Response> {
  const { http, texts } = visit;
  switch (refused.reason) {
    case "rate_limited":
      return errorPage(http, new Refused("rate_limited", refused));
    case "mailed_link_invalid":
      return deadLinkPage(http, "emailChange");
    case "mailed_link_of_another":
      return ofAnother(visit, token, refused);
    // Ended meanwhile: with the token, like everybody who comes a moment later.
    case "access_token_invalid":
      noteRefusal(http, refused);
      return seeOther(http, signInPath(emailChangePath(token)));
    default:
      return barredPage(visit, texts.emailChange.title, refused.reason);
  }
}

/** Signed in with one account, while another one asked. */
function ofAnother(visit: Visit, token: string, refused: Refused): Promise<Response> {
  const { http, caller, texts, formToken } = visit;
  noteRefusal(http, refused);
  const { title, whatToDo } = texts.emailChange.ofAnother;
  return page(
    http,
    { title, status: 403 },
    <>
      <h1>{title}</h1>
      <p>{whatToDo}</p>
      <SignedInAs
        texts={texts}
        caller={caller}
        formToken={formToken}
        returnPath={emailChangePath(token)}
      />
    </>,
  );
}

function changed(http: Http): Promise<Response> {
  const { emailChange, shell } = textsOf(http);
  const { title, what } = emailChange.done;
  return onwardPage(http, { title, says: [what], to: { path: "/account", name: shell.account } });
}
