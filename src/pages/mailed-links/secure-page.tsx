import type { Context as HttpContext } from "hono";
import { operations } from "../../core/operations.ts";
import type { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { formPost } from "../form/form-post.ts";
import { onwardPage } from "../frame/onward-page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { terms } from "../terms.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { mailedToken } from "./mailed-token.ts";
import { oneClickPage } from "./one-click-page.tsx";

type Http = HttpContext<AppEnv>;

/** GET /secure: says what the button will do, which whoever just looks can still leave alone. */
export async function showSecure(http: Http): Promise<Response> {
  const token = mailedToken.safeParse(http.req.query("token")).data;
  return token ? secureForm(http, token) : deadLinkPage(http, "secure");
}

/** POST /secure */
export const postSecure = formPost(async (http, form) => {
  http.var.log.operation = "secureAccount";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, "secure");
  }
  const refused = await operations.secureAccount(contextOf(http, terms), { token });
  switch (refused?.reason) {
    case undefined:
      return secured(http);
    case "rate_limited":
      return secureForm(http, token, refused);
    default:
      return deadLinkPage(http, "secure");
  }
});

function secureForm(http: Http, token: string, refused?: Refused): Promise<Response> {
  const { title, why, does, stays, submit } = textsOf(http).secure;
  return oneClickPage(http, {
    title,
    what: (
      <>
        <p>{why}</p>
        <ul>
          {does.map((deed) => (
            <li>{deed}</li>
          ))}
        </ul>
        <p>{stays}</p>
      </>
    ),
    submit,
    action: "/secure",
    fields: { token },
    refused,
  });
}

function secured(http: Http): Promise<Response> {
  const { secure, reset } = textsOf(http);
  const { title, what, afterwards } = secure.done;
  const to = { path: "/forgot", name: reset.another };
  return onwardPage(http, { title, says: [what, afterwards], to });
}
