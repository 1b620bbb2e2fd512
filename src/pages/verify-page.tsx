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
import { tooManyAttempts } from "./too-many-attempts.ts";

type Http = HttpContext<AppEnv>;

/** What a mailed link brings: a token of an account's, or a code beside the address it proves. */
type Mailed = { token: string } | { verificationCode: string; email: string };

const mailed = z.union([
  z.object({ token: mailedToken }),
  z.object({ verificationCode: mailedToken, email: emailAddress }),
]);

/** GET /verify: spends nothing, since programs that scan mail open every link in it. */
export async function showVerify(http: Http): Promise<Response> {
  const link = mailed.safeParse(http.req.query()).data;
  return link ? verifyForm(http, link) : deadLinkPage(http, "verify");
}

/** POST /verify */
export const postVerify = formPost(async (http, form) => {
  const link = mailed.safeParse(form).data;
  if (!link) {
    http.var.log.operation = "verifyEmail";
    return deadLinkPage(http, "verify");
  }
  const refused = await confirm(http, link);
  switch (refused?.reason) {
    case undefined:
      return confirmed(http);
    case "rate_limited":
      return verifyForm(http, link, refused);
    default:
      return deadLinkPage(http, "verify");
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
  const texts = textsOf(http);
  const { title, what, submit } = texts.verify;
  if (refused) {
    noteRefusal(http, refused);
  }
  return page(
    http,
    { title, hasProblems: refused !== undefined, status: refused ? 429 : 200 },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={refused ? [tooManyAttempts(texts, refused)] : []} />
      <p>{what}</p>
      <form method="post" action="/verify">
        {Object.entries(link).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <button type="submit">{submit}</button>
      </form>
    </>,
  );
}

function confirmed(http: Http): Promise<Response> {
  const { verify, shell } = textsOf(http);
  const { title, what } = verify.done;
  return page(
    http,
    { title },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <p>
        <a href="/account">{shell.account}</a>
      </p>
    </>,
  );
}
