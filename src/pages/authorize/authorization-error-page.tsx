import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Reason, Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { whenToComeBack } from "../form/when-to-come-back.ts";
import { page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { Sentence } from "../words/sentence.tsx";

const statuses = {
  invalid_request: 400,
  client_unknown: 400,
  redirect_uri_unknown: 400,
  expired_token: 400,
  rate_limited: 429,
  password_change_required: 403,
  insufficient_scope: 403,
} satisfies Partial<Record<Reason, ContentfulStatusCode>>;

/** What only the makers of the app can put right. */
const FOR_MAKERS: readonly string[] = ["invalid_request", "client_unknown", "redirect_uri_unknown"];

export type PageRefusal = keyof typeof statuses;

/**
 * Says no to the person where the client may not be told, since it is not known where it is, or
 * where it could not help. It leads nowhere else, and nothing that was sent is in it.
 */
export function authorizationErrorPage(
  http: Context<AppEnv>,
  refused: Refused<PageRefusal>,
): Promise<Response> {
  noteRefusal(http, refused);
  const texts = textsOf(http);
  const { authorizationErrors: words } = texts;
  const { reason } = refused;
  const { title, whatToDo } = words[reason];
  return page(
    http,
    { title, status: statuses[reason] },
    <>
      <h1>{title}</h1>
      <p>
        {whatToDo}
        {refused.comeBack && ` ${whenToComeBack(texts, refused)}`}
      </p>
      {FOR_MAKERS.includes(reason) && (
        <p class="hint">
          <Sentence of={words.forMakers} reason={<code>{reason}</code>} />
        </p>
      )}
      {reason === "password_change_required" && (
        <p>
          <a href="/forgot">{words.newPassword}</a>
        </p>
      )}
    </>,
  );
}
