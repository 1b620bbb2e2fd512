import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as z from "zod";
import { operations } from "../core/operations.ts";
import { Refused } from "../core/refused.ts";
import { type AppEnv, contextOf } from "../http/app-env.ts";
import { deadLinkPage } from "./dead-link-page.tsx";
import { formPost } from "./form-post.ts";
import { mailedToken } from "./mailed-token.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { PASSWORD_MAX_LENGTH, PasswordField } from "./password-field.tsx";
import { ProblemSummary } from "./problem-summary.tsx";
import { terms } from "./terms.ts";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

const ASK_AGAIN = "Only the newest link counts. Use the newest mail, or ask for another one.";

const password = z.string().max(PASSWORD_MAX_LENGTH);

/** GET /reset: spends nothing. Whether the link still works shows when it is used. */
export async function showReset(http: Http): Promise<Response> {
  const { token: ours, verificationCode: credebls } = http.req.query();
  const token = mailedToken.safeParse(ours ?? credebls).data;
  return token ? resetForm(http, { token }) : deadLinkPage(http, ASK_AGAIN, "/forgot");
}

/** POST /reset: sets the password and signs nobody in. */
export const postReset = formPost(async (http, form) => {
  http.var.log.operation = "resetPassword";
  const token = mailedToken.safeParse(form.token).data;
  if (!token) {
    return deadLinkPage(http, ASK_AGAIN, "/forgot");
  }
  const typed = password.safeParse(form.password ?? "");
  const refused = typed.success
    ? await operations.resetPassword(contextOf(http, terms), { token, password: typed.data })
    : tooLong();
  if (!(refused instanceof Refused)) {
    return done(http);
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "mailed_link_invalid":
      return deadLinkPage(http, ASK_AGAIN, "/forgot");
    case "weak_password": {
      const problems = refused.fields.map(({ issue }) => `Your password ${issue}.`);
      return resetForm(http, { token, problems, status: 400 });
    }
    case "rate_limited": {
      const problems = [`Too many attempts. ${whenToComeBack(textsOf(http), refused)}`];
      return resetForm(http, { token, problems, status: 429 });
    }
  }
});

function tooLong(): Refused<"weak_password"> {
  const issue = `must have at most ${PASSWORD_MAX_LENGTH} characters`;
  return new Refused("weak_password", { fields: [{ field: "password", issue }] });
}

interface ResetForm {
  token: string;
  problems?: readonly string[];
  status?: ContentfulStatusCode;
}

function resetForm(http: Http, { token, problems = [], status = 200 }: ResetForm) {
  const { passwordMinLength } = http.var.ports.settings;
  const hint = `At least ${passwordMinLength} characters. A few words in a row are easy to remember and hard to guess.`;
  return page(
    http,
    { title: problems.length > 0 ? "Error: Set a new password" : "Set a new password", status },
    <>
      <h1>Set a new password</h1>
      <ProblemSummary problems={problems} />
      <form method="post" action="/reset">
        <input type="hidden" name="token" value={token} />
        <PasswordField label="New password" hint={hint} autocomplete="new-password" />
        <button type="submit">Set password</button>
      </form>
    </>,
  );
}

function done(http: Http): Promise<Response> {
  return page(
    http,
    { title: "Password set" },
    <>
      <h1>Your password is set</h1>
      <p>Every earlier sign-in has ended. Sign in with the new password.</p>
      <p>
        <a href="/signin">Sign in</a>
      </p>
    </>,
  );
}
