import type { Context as HttpContext } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import { textsOf } from "../frame/texts-of.ts";
import { returnTo } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";
import { emailAddress } from "./email-field.tsx";
import { formPost } from "./form-post.ts";
import type { FormProblem } from "./form-problem.ts";
import { noteRefusal } from "./note-refusal.ts";
import { typingProblems } from "./typing-problems.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Http = HttpContext<AppEnv>;

/** What stands in a form that asks for an address. */
export interface AddressForm {
  returnPath: string;
  email?: string | undefined;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

interface MailOrder {
  /** Orders the mail. */
  operation: "requestPasswordReset" | "sendLoginCode";
  ask(http: Http, form: AddressForm): Promise<Response>;
  sent(http: Http, to: { returnPath: string; email: string }): Promise<Response>;
}

/** Has a mail sent to the address in a form, and answers alike whether that has an account. */
export function postAddress({ operation, ask, sent }: MailOrder) {
  return formPost(async (http, form) => {
    http.var.log.operation = operation;
    const texts = textsOf(http);
    const returnPath = returnTo(form.return_to);
    const typed = emailAddress.safeParse(form.email);
    if (!typed.success) {
      http.var.log.reason = "invalid_request";
      const problems = typingProblems(texts, typed.error, "email");
      return ask(http, { returnPath, email: form.email, problems, status: 400 });
    }
    const email = typed.data;
    const refused = await operations[operation](contextOf(http, terms), { email });
    if (refused) {
      noteRefusal(http, refused);
      const comeBack = whenToComeBack(texts, refused);
      const problems = [fill(texts.fields.tooManyRequests, { comeBack })];
      return ask(http, { returnPath, email, problems, status: 429 });
    }
    return sent(http, { returnPath, email });
  });
}
