import type { Context as HttpContext } from "hono";
import { operations } from "../core/operations.ts";
import type { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { formPost } from "./form-post.ts";
import { mailedToken } from "./mailed-token.ts";
import { oneClickPage } from "./one-click-page.tsx";
import { page } from "./page.tsx";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";

type Http = HttpContext<AppEnv>;

/** GET /account/email/confirm */
export async function showEmailChange(http: Http): Promise<Response> {
  const token = mailedToken.safeParse(http.req.query("token")).data;
  return token ? confirmForm(http, token) : deadLinkPage(http, "emailChange");
}

/** POST /account/email/confirm: whoever reads the new mailbox, signed in or not. */
export const postEmailChange = formPost(async (http, form) => {
  http.var.log.operation = "confirmEmailChange";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, "emailChange");
  }
  const refused = await operations.confirmEmailChange(contextOf(http, terms), { token });
  switch (refused?.reason) {
    case undefined:
      return changed(http);
    case "rate_limited":
      return confirmForm(http, token, refused);
    default:
      return deadLinkPage(http, "emailChange");
  }
});

function confirmForm(http: Http, token: string, refused?: Refused): Promise<Response> {
  const { title, what, submit } = textsOf(http).emailChange;
  return oneClickPage(http, {
    title,
    what: <p>{what}</p>,
    submit,
    action: "/account/email/confirm",
    fields: { token },
    refused,
  });
}

function changed(http: Http): Promise<Response> {
  const { emailChange } = textsOf(http);
  const { title, what, next } = emailChange.done;
  return page(
    http,
    { title },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      <p>
        <a href="/account">{next}</a>
      </p>
    </>,
  );
}
