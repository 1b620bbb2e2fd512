import type { ContentfulStatusCode } from "hono/utils/http-status";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import type { Form } from "../form/form-post.ts";
import { type FormProblem, inFields } from "../form/form-problem.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { tooManyAttempts } from "../form/too-many-attempts.ts";
import { seeDone } from "../frame/notice.ts";
import type { Visit } from "../session/visit.ts";
import { accountPage } from "./account-page.tsx";
import { barredPage } from "./barred-page.tsx";
import { createdKeyPage } from "./created-key-page.tsx";
import { KeyEntry } from "./key-entry.tsx";
import { KeyForm } from "./key-form.tsx";
import { BLANK_KEY, expiryOf, keyProblems, type TypedKey, typedKey } from "./typed-key.ts";

/** GET /account/keys */
export function showKeys(visit: Visit): Promise<Response> {
  visit.http.var.log.operation = "listKeys";
  return keysPage(visit, {});
}

/** POST /account/keys: makes one. Sent twice it makes two, both of which are in the list. */
export async function postKey(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "createKey";
  const typed = typedKey(form);
  const problems = keyProblems(texts, typed);
  if (problems.length > 0) {
    http.var.log.reason = "invalid_request";
    return keysPage(visit, { typed, problems });
  }
  const { name, scopes } = typed;
  const expiresAt = expiryOf(typed, context.clock.now());
  const created = await operations.createKey(context, { caller, name, scopes, expiresAt });
  if (!(created instanceof Refused)) {
    return createdKeyPage(visit, created);
  }
  noteRefusal(http, created);
  switch (created.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountKeys.title, created.reason);
    case "invalid_request":
      return keysPage(visit, {
        typed,
        problems: [inFields(texts.accountKeys.create.livesMissing, "life")],
      });
    case "too_many_keys":
      return keysPage(visit, { typed, problems: [texts.accountKeys.create.tooMany], status: 409 });
    case "rate_limited":
      return keysPage(visit, { typed, problems: [tooManyAttempts(texts, created)], status: 429 });
  }
}

/** POST /account/keys/delete. One that is gone is as it should be. */
export async function postDeleteKey(visit: Visit, form: Form): Promise<Response> {
  const { http, context, caller, texts } = visit;
  http.var.log.operation = "deleteKey";
  const { key: keyId = "" } = form;
  const refused = await operations.deleteKey(context, { caller, keyId });
  switch (refused?.reason) {
    case "insufficient_scope":
    case "password_change_required":
    case "access_token_invalid":
      return barredPage(visit, texts.accountKeys.title, refused.reason);
    default:
      if (refused) {
        noteRefusal(http, refused);
      }
      return seeDone(visit, "/account/keys", "keyDeleted");
  }
}

interface KeysPage {
  typed?: TypedKey;
  problems?: readonly FormProblem[];
  status?: ContentfulStatusCode;
}

async function keysPage(
  visit: Visit,
  { typed = BLANK_KEY, problems = [], status = problems.length > 0 ? 400 : 200 }: KeysPage,
): Promise<Response> {
  const { context, caller, texts } = visit;
  const { title, what, none } = texts.accountKeys;
  const listed = await operations.listKeys(context, { caller });
  if (listed instanceof Refused) {
    return barredPage(visit, title, listed.reason);
  }
  const { keys } = listed;
  return accountPage(
    visit,
    { title, hasProblems: problems.length > 0, status },
    <>
      <h1>{title}</h1>
      <p>{what}</p>
      {keys.length === 0 && <p>{none}</p>}
      <ul class="entries">
        {keys.map((key) => (
          <li>
            <KeyEntry visit={visit} apiKey={key} />
          </li>
        ))}
      </ul>
      <KeyForm visit={visit} typed={typed} problems={problems} />
    </>,
  );
}
