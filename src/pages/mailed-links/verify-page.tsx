import type { Context as HttpContext } from "hono";
import * as z from "zod";
import { operations } from "../../core/operations.ts";
import type { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { emailAddress } from "../form/email-field.tsx";
import { formPost } from "../form/form-post.ts";
import { onwardPage } from "../frame/onward-page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { terms } from "../terms.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { mailedToken } from "./mailed-token.ts";
import { oneClickPage } from "./one-click-page.tsx";

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
  const { title, what, notYou, setPassword, submit } = textsOf(http).verify;
  return oneClickPage(http, {
    title,
    what: (
      <>
        <p>{what}</p>
        {/* The other link ends by itself what a stranger made of the address. */}
        {"token" in link && (
          <p>
            {notYou} <a href="/forgot">{setPassword}</a>
          </p>
        )}
      </>
    ),
    submit,
    action: "/verify",
    fields: { ...link },
    refused,
  });
}

function confirmed(http: Http): Promise<Response> {
  const { verify, shell } = textsOf(http);
  const { title, what } = verify.done;
  return onwardPage(http, { title, says: [what], to: { path: "/account", name: shell.account } });
}
