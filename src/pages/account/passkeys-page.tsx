import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import type { NotAdded } from "../../core/passkey/add-passkey.ts";
import { MOST_PASSKEYS } from "../../core/passkey/passkey.ts";
import type { BegunCeremony } from "../../core/passkey/start-passkey-sign-in.ts";
import { type PolicyReason, Refused } from "../../core/refused.ts";
import { fill } from "../../texts/fill.ts";
import { Field } from "../form/field.tsx";
import type { Form } from "../form/form-post.ts";
import type { FormProblem } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { ProblemSummary } from "../form/problem-summary.tsx";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeDone } from "../frame/notice.ts";
import { seeOther } from "../frame/see-other.ts";
import type { Visit } from "../session/visit.ts";
import { PasskeyForm } from "../sign-in/passkey-form.tsx";
import { passkeyScript } from "../sign-in/passkey-script.ts";
import { signInPath } from "../sign-in/return-to.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { PasskeyEntry } from "./passkey-entry.tsx";
import { nameProblems, typedName } from "./typed-name.ts";

/** GET /account/passkeys */
export function showPasskeys(visit: Visit): Promise<Response> {
  visit.http.var.log.operation = "listPasskeys";
  return passkeysPage(visit, {});
}

/** POST /account/passkeys: adds the one that the browser's authenticator has just made. */
export async function postPasskey(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "addPasskey";
  const { ceremony = "", answer = "" } = form;
  const name = typedName.safeParse(form.name);
  if (!name.success) {
    http.var.log.reason = "invalid_request";
    return passkeysPage(visit, { problems: nameProblems(texts, name.error), status: 400 });
  }
  const added = { caller, name: name.data, ceremony, answer };
  const refused = await operations.addPasskey(context, added);
  return refused
    ? refuse(visit, name.data, refused)
    : seeDone(visit, "/account/passkeys", "passkeyAdded");
}

function refuse(
  visit: Visit,
  name: string,
  refused: NotAdded | Refused<PolicyReason | "access_token_invalid">,
): Response | Promise<Response> {
  const { http, texts } = visit;
  const { title, add } = texts.accountPasskeys;
  noteRefusal(http, refused);
  const again = (status: ContentfulStatusCode, problem: string) =>
    passkeysPage(visit, { name, problems: [problem], status });
  switch (refused.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, title, refused.reason);
    case "sign_in_stale":
      return seeOther(http, signInPath(visit.page));
    case "challenge_invalid":
      return again(400, add.late);
    case "passkey_invalid":
      return again(400, add.wrong);
    case "passkey_taken":
      return again(409, add.taken);
    case "too_many_passkeys":
      return again(409, fill(add.tooMany, { most: MOST_PASSKEYS }));
    case "rate_limited":
      return again(429, tooManyAttempts(texts, refused));
  }
}

interface PasskeysPage {
  /** As it was typed. */
  name?: string;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

async function passkeysPage(
  visit: Visit,
  { name = "", problems = [], status = 200 }: PasskeysPage,
): Promise<Response> {
  const { http, context, caller, texts } = visit;
  const { title, what, otherWays, otherWaysWithCode, none } = texts.accountPasskeys;
  const others = caller.account.twoFactorEnabled ? otherWaysWithCode : otherWays;
  const [listed, begun] = await Promise.all([
    operations.listPasskeys(context, { caller }),
    operations.startPasskeyRegistration(context, { caller }),
  ]);
  if (listed instanceof Refused) {
    return barredPage(visit, title, listed.reason);
  }
  if (begun instanceof Refused && begun.reason === "sign_in_stale") {
    return seeOther(http, signInPath(visit.page));
  }
  const { passkeys } = listed;
  return accountPage(
    visit,
    { title, hasProblems: problems.length > 0, status, script: passkeyScript() },
    <>
      <h1>{title}</h1>
      <ProblemSummary problems={problems} />
      <p>{what}</p>
      <p>{passkeys.length > 0 ? others : none}</p>
      <ul class="entries">
        {passkeys.map((passkey) => (
          <li>
            <PasskeyEntry visit={visit} passkey={passkey} />
          </li>
        ))}
      </ul>
      <AddPasskey visit={visit} name={name} problems={problems} begun={begun} />
    </>,
  );
}

interface AddPasskeyProps {
  visit: Visit;
  name: string;
  problems: readonly FormProblem[];
  begun: BegunCeremony | Refused;
}

function AddPasskey({ visit: { formToken, page, texts }, name, problems, begun }: AddPasskeyProps) {
  const words = texts.accountPasskeys;
  return (
    <>
      <h2>{words.add.title}</h2>
      {begun instanceof Refused ? (
        <p>
          {begun.reason === "address_unproved"
            ? words.add.unproved
            : fill(words.add.tooMany, { most: MOST_PASSKEYS })}
        </p>
      ) : (
        <PasskeyForm
          texts={texts}
          asks="create"
          options={begun.options}
          action={page}
          hidden={{ csrf: formToken, ceremony: begun.ceremony }}
          submit={words.add.submit}
          otherwise={words.add.unavailable}
        >
          <Field
            label={words.name}
            hint={words.add.nameHint}
            problems={problems}
            name="name"
            value={name}
            autocomplete="off"
            required
          />
        </PasskeyForm>
      )}
    </>
  );
}
