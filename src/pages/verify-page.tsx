import type { Context as HttpContext } from "hono";
import * as z from "zod";
import { operations } from "../core/operations.ts";
import type { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { emailAddress } from "./email-field.tsx";
import { formPost } from "./form-post.ts";
import { mailedToken } from "./mailed-token.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

const MAYBE_DONE =
  "If you confirmed your address already, just sign in. If not, open the link from the mail once more, all of it.";

/** What a mailed link brings: a token of an account's, or a code beside the address it proves. */
type Mailed = { token: string } | { verificationCode: string; email: string };

const mailed = z.union([
  z.object({ token: mailedToken }),
  z.object({ verificationCode: mailedToken, email: emailAddress }),
]);

/** GET /verify: spends nothing, since programs that scan mail open every link in it. */
export async function showVerify(http: Http): Promise<Response> {
  const link = mailed.safeParse(http.req.query()).data;
  return link ? verifyForm(http, link) : deadLinkPage(http, MAYBE_DONE);
}

/** POST /verify */
export const postVerify = formPost(async (http, form) => {
  const link = mailed.safeParse(form).data;
  if (!link) {
    http.var.log.operation = "verifyEmail";
    return deadLinkPage(http, MAYBE_DONE);
  }
  const refused = await confirm(http, link);
  switch (refused?.reason) {
    case undefined:
      return confirmed(http);
    case "rate_limited":
      return verifyForm(http, link, refused);
    default:
      return deadLinkPage(http, MAYBE_DONE);
  }
});

function confirm(http: Http, link: Mailed) {
  const context = contextOf(http, terms);
  const operation = "token" in link ? "verifyEmail" : "proveAddress";
  http.var.log.operation = operation;
  return "token" in link
    ? operations.verifyEmail(context, link)
    : operations.proveAddress(context, { email: link.email, code: link.verificationCode });
}

function verifyForm(http: Http, link: Mailed, refused?: Refused): Promise<Response> {
  const title = "Confirm your e-mail address";
  if (refused) {
    noteRefusal(http, refused);
  }
  return page(
    http,
    { title, status: refused ? 429 : 200 },
    <>
      <h1>{title}</h1>
      {refused && (
        <ProblemSummary
          problems={[`Too many attempts. ${whenToComeBack(textsOf(http), refused)}`]}
        />
      )}
      <p>One click, and the address is confirmed as yours.</p>
      <form method="post" action="/verify">
        {Object.entries(link).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">Confirm my address</button>
      </form>
    </>,
  );
}

function confirmed(http: Http): Promise<Response> {
  return page(
    http,
    { title: "Address confirmed" },
    <>
      <h1>Your address is confirmed</h1>
      <p>You can close this page, or sign in.</p>
      <p>
        <a href="/signin">Sign in</a>
      </p>
    </>,
  );
}
