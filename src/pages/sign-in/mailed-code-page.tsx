import type { Context as HttpContext } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { type AddressForm, postAddress } from "../form/address-form.ts";
import { EmailField } from "../form/email-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { whoIsThere } from "../session/who-is-there.ts";
import { enterMailedCode } from "./mailed-code-entry.tsx";
import { mayRegister } from "./may-register.ts";
import { requestOnTheWay } from "./request-on-the-way.ts";
import { returnTo, signInPath } from "./return-to.ts";

type Http = HttpContext<AppEnv>;

/** GET /signin/mail */
export async function showMailedCode(http: Http): Promise<Response> {
  const returnPath = returnTo(http.req.query("return_to"));
  const request = (await requestOnTheWay(http, returnPath))?.request ?? null;
  const visitor = await whoIsThere(http, returnPath, request);
  const email = visitor.email ?? request?.loginHint ?? undefined;
  return mailedCodeForm(http, { returnPath, email });
}

/** POST /signin/mail: has a code sent. */
export const postMailedCode = postAddress({
  operation: "sendLoginCode",
  ask: mailedCodeForm,
  sent: enterMailedCode,
});

/** Asks for the address that a code is sent to. */
async function mailedCodeForm(
  http: Http,
  { returnPath, email, problems = [], status = 200 }: AddressForm,
): Promise<Response> {
  const texts = textsOf(http);
  const { ask, withPassword } = texts.mailedCode;
  return page(
    http,
    { title: ask.title, hasProblems: problems.length > 0, status },
    <>
      <h1>{ask.title}</h1>
      <ProblemSummary problems={problems} />
      <p>
        {ask.what}
        {(await mayRegister(http)) && ` ${ask.makesAccount}`}
      </p>
      <form method="post" action="/signin/mail">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField texts={texts} value={email} problems={problems} />
        <button type="submit">{ask.submit}</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{withPassword}</a>
      </p>
    </>,
  );
}
