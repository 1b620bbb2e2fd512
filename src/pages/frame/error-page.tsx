import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refused, UniversalReason } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { whenToComeBack } from "../form/when-to-come-back.ts";
import { page } from "./page.tsx";
import { textsOf } from "./texts-of.ts";

const statuses = {
  invalid_request: 400,
  cross_site: 403,
  route_unknown: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} satisfies Record<UniversalReason | "cross_site", ContentfulStatusCode>;

/** Says no where there is no form to go on with. The texts are fixed: nothing that was sent is in them. */
export function errorPage(
  http: Context<AppEnv>,
  refused: Refused<keyof typeof statuses>,
): Promise<Response> {
  noteRefusal(http, refused);
  const texts = textsOf(http);
  const { title, whatToDo } = texts.errors[refused.reason];
  return page(
    http,
    { title, status: statuses[refused.reason] },
    <>
      <h1>{title}</h1>
      <p>
        {whatToDo}
        {refused.comeBack && ` ${whenToComeBack(texts, refused)}`}
      </p>
      <p>
        <a href="/">{texts.shell.frontPage}</a>
      </p>
    </>,
  );
}
