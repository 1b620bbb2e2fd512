import type { Context as HttpContext } from "hono";
import { operations } from "../core/operations.ts";
import type { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { formPost } from "./form-post.ts";
import { mailedToken } from "./mailed-token.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import { terms } from "./terms.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

const MAYBE_DONE =
  "If you confirmed your address already, just sign in. If not, open the link from the mail once more, all of it.";

/** GET /verify: spends nothing, since programs that scan mail open every link in it. */
export async function showVerify(http: Http): Promise<Response> {
  const token = mailedToken.safeParse(http.req.query("token")).data;
  return token ? verifyForm(http, token) : deadLinkPage(http, MAYBE_DONE);
}

/** POST /verify */
export const postVerify = formPost(async (http, form) => {
  http.var.log.operation = "verifyEmail";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, MAYBE_DONE);
  }
  const refused = await operations.verifyEmail(contextOf(http, terms), { token });
  switch (refused?.reason) {
    case undefined:
      return confirmed(http);
    case "mailed_link_invalid":
      return deadLinkPage(http, MAYBE_DONE);
    case "rate_limited":
      return verifyForm(http, token, refused);
  }
});

function verifyForm(http: Http, token: string, refused?: Refused): Promise<Response> {
  const title = "Confirm your e-mail address";
  if (refused) {
    noteRefusal(http, refused);
  }
  return page(
    http,
    { title, status: refused ? 429 : 200 },
    <>
      <h1>{title}</h1>
      {refused && <ProblemSummary problems={[`Too many attempts. ${whenToComeBack(refused)}`]} />}
      <p>One click, and the address is confirmed as yours.</p>
      <form method="post" action="/verify">
        <input type="hidden" name="token" value={token} />
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
