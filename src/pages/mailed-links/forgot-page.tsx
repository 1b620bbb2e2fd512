import type { Context as HttpContext } from "hono";
import type { AppEnv } from "../../http/app-env.ts";
import { type AddressForm, postAddress } from "../form/address-form.ts";
import { EmailField } from "../form/email-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { onTheWayTo, returnTo, signInPath } from "../sign-in/return-to.ts";

type Http = HttpContext<AppEnv>;

/** GET /forgot */
export function showForgot(http: Http): Promise<Response> {
  return forgotForm(http, { returnPath: returnTo(http.req.query("return_to")) });
}

/** POST /forgot: orders a link. */
export const postForgot = postAddress({
  operation: "requestPasswordReset",
  ask: forgotForm,
  sent,
});

function forgotForm(http: Http, { returnPath, email, problems = [], status = 200 }: AddressForm) {
  const texts = textsOf(http);
  const { title, what, submit, back } = texts.forgot;
  return page(
    http,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <p>{what}</p>
      <form method="post" action="/forgot">
        <input type="hidden" name="return_to" value={returnPath} />
        <EmailField texts={texts} value={email} problems={problems} />
        <button type="submit">{submit}</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{back}</a>
      </p>
    </>,
  );
}

function sent(http: Http, { returnPath }: AddressForm): Promise<Response> {
  const { back, sent } = textsOf(http).forgot;
  return page(
    http,
    { title: sent.title },
    <>
      <h1>{sent.title}</h1>
      <p>{sent.what}</p>
      <p>{sent.nothingCame}</p>
      <ul class="ways">
        <li>
          <a href={onTheWayTo(returnPath, "/forgot")}>{sent.again}</a>
        </li>
        <li>
          <a href={signInPath(returnPath)}>{back}</a>
        </li>
      </ul>
    </>,
  );
}
