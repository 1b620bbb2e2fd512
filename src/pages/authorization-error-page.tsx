import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { textsOf } from "./texts-of.ts";
import { whenToComeBack } from "./when-to-come-back.ts";

type Wording = readonly [
  status: ContentfulStatusCode,
  title: string,
  whatToDo: string,
  link?: { path: string; name: string },
];

const NEW_PASSWORD = { path: "/forgot", name: "Mail me a link" };

// biome-ignore format: it reads as a table
const wordings = {
  invalid_request:          [400, "That request is not complete",     "The app that sent you here made a mistake. Go back to it and try again; if it stays like this, tell its makers."],
  client_unknown:           [400, "That app is not known here",       "Make sure that you came from the right app. If you did, tell its makers."],
  redirect_uri_unknown:     [400, "That app cannot be answered there", "The address it wants you to be sent to is not one that it registered. Nothing was sent to it. Tell its makers."],
  expired_token:            [400, "That took too long",               "Your request is no longer valid, or a part of it is missing. Go back to the app and start again."],
  rate_limited:             [429, "Too many attempts",                "Wait a little before the next one."],
  password_change_required: [403, "Your password has to be changed",  "Set a new one first, then go back to the app and start again.", NEW_PASSWORD],
  insufficient_scope:       [403, "This sign-in may not connect apps", "Go back to the app, start again, and sign in with your password."],
} satisfies Record<string, Wording>;

/** What only the makers of the app can put right. */
const FOR_MAKERS: readonly string[] = ["invalid_request", "client_unknown", "redirect_uri_unknown"];

export type PageRefusal = keyof typeof wordings;

/**
 * Says no to the person where the client may not be told, since it is not known where it is, or
 * where it could not help. It leads nowhere else, and nothing that was sent is in it.
 */
export function authorizationErrorPage(
  http: Context<AppEnv>,
  refused: Refused<PageRefusal>,
): Promise<Response> {
  noteRefusal(http, refused);
  const [status, title, whatToDo, link]: Wording = wordings[refused.reason];
  return page(
    http,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>
        {whatToDo}
        {refused.comeBack && ` ${whenToComeBack(textsOf(http), refused)}`}
      </p>
      {FOR_MAKERS.includes(refused.reason) && (
        <p class="hint">
          For its makers: <code>{refused.reason}</code>
        </p>
      )}
      {link && (
        <p>
          <a href={link.path}>{link.name}</a>
        </p>
      )}
    </>,
  );
}
