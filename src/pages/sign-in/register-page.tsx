import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import * as z from "zod";
import { EMAIL_MAX_LENGTH } from "../../core/email-max-length.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { EmailField, emailAddress } from "../form/email-field.tsx";
import { type Form, formPost } from "../form/form-post.ts";
import type { FormProblem } from "../form/form-problem.ts";
import { NameField, personName } from "../form/name-field.tsx";
import { noteRefusal } from "../form/note-refusal.ts";
import { NewPasswordField, newPassword } from "../form/password-field.tsx";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { typingProblems } from "../form/typing-problems.ts";
import { weakPasswordProblems } from "../form/weak-password-problems.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { terms } from "../terms.ts";
import { ForeignText } from "../words/foreign-text.tsx";
import { Sentence } from "../words/sentence.tsx";
import { onTheWayTo, returnTo, signInPath } from "./return-to.ts";

type Http = HttpContext<AppEnv>;

const registration = z.object({ name: personName, email: emailAddress, password: newPassword });

/** GET /register */
export async function showRegister(http: Http): Promise<Response> {
  const returnPath = returnTo(http.req.query("return_to"));
  const isOpen = await http.var.ports.tenants.isOpenForRegistration(http.var.tenantId);
  return isOpen ? registerForm(http, { returnPath, typed: {} }) : closed(http, returnPath);
}

/** POST /register: answers alike whether the address has an account, and signs nobody in. */
export const postRegister = formPost(async (http, typed) => {
  http.var.log.operation = "register";
  const texts = textsOf(http);
  const returnPath = returnTo(typed.return_to);
  const parsed = registration.safeParse(typed);
  if (!parsed.success) {
    http.var.log.reason = "invalid_request";
    const problems = typingProblems(texts, parsed.error);
    return registerForm(http, { returnPath, typed, problems, status: 400 });
  }
  const refused = await operations.register(contextOf(http, terms), parsed.data);
  if (!refused) {
    return sent(http, returnPath, parsed.data.email);
  }
  noteRefusal(http, refused);
  switch (refused.reason) {
    case "registration_closed":
      return closed(http, returnPath);
    case "weak_password": {
      const problems = weakPasswordProblems(http, refused);
      return registerForm(http, { returnPath, typed, problems, status: 400 });
    }
    case "rate_limited": {
      const problems = [tooManyAttempts(texts, refused)];
      return registerForm(http, { returnPath, typed, problems, status: 429 });
    }
  }
});

interface RegisterForm {
  returnPath: string;
  typed: Form;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

function registerForm(
  http: Http,
  { returnPath, typed, problems = [], status = 200 }: RegisterForm,
): Promise<Response> {
  const texts = textsOf(http);
  const { register, fields } = texts;
  return page(
    http,
    { title: register.title, hasProblems: problems.length > 0, status },
    <>
      <h1>{register.title}</h1>
      <ProblemSummary problems={problems} />
      <form method="post" action="/register">
        <input type="hidden" name="return_to" value={returnPath} />
        <NameField label={register.name} value={typed.name} problems={problems} />
        <EmailField texts={texts} value={typed.email} problems={problems} />
        <NewPasswordField
          texts={texts}
          least={http.var.ports.settings.passwordMinLength}
          label={fields.password}
          problems={problems}
        />
        <button type="submit">{register.submit}</button>
      </form>
      <p>
        <a href={signInPath(returnPath)}>{register.signIn}</a>
      </p>
    </>,
  );
}

/**
 * What is there to do now. The way on stands here and not in the mail: whoever asks for that could
 * otherwise choose where the owner of an address lands.
 */
function sent(http: Http, returnPath: string, email: string): Promise<Response> {
  const texts = textsOf(http);
  const { title, what, afterwards, goOn, nothingCame, again } = texts.register.sent;
  return page(
    http,
    { title },
    <>
      <h1>{title}</h1>
      <p>
        <Sentence
          of={what}
          email={<ForeignText texts={texts} text={email} maxLength={EMAIL_MAX_LENGTH} />}
        />
      </p>
      <p>{afterwards}</p>
      <p>
        <a class="button" href={signInPath(returnPath)}>
          {goOn}
        </a>
      </p>
      <p>{nothingCame}</p>
      <p>
        <a href={onTheWayTo(returnPath, "/register")}>{again}</a>
      </p>
    </>,
  );
}

function closed(http: Http, returnPath: string): Promise<Response> {
  noteRefusal(http, new Refused("registration_closed"));
  const { register, shell } = textsOf(http);
  const { title, whatToDo } = register.closed;
  return page(
    http,
    { title, status: 403 },
    <>
      <h1>{title}</h1>
      <p>{whatToDo}</p>
      <p>
        <a href={signInPath(returnPath)}>{shell.signIn}</a>
      </p>
    </>,
  );
}
