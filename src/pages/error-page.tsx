import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Refused, UniversalReason } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";
import { whenToComeBack } from "./when-to-come-back.ts";

type ErrorReason = UniversalReason | "cross_site";
type Wording = readonly [status: ContentfulStatusCode, title: string, whatToDo: string];

// biome-ignore format: it reads as a table
const wordings: Readonly<Record<ErrorReason, Wording>> = {
  invalid_request:        [400, "That did not arrive in one piece",   "Go back, reload the page and fill in the form again."],
  cross_site:             [403, "That form is not from this page",    "Nothing was changed. Go back, reload the page and try again."],
  route_unknown:          [404, "There is nothing here",              "Check the address, or begin at the front page."],
  method_not_allowed:     [405, "That does not work here",            "Go back and use the form on the page."],
  body_too_large:         [413, "That is too much to send",           "Go back and shorten what you typed."],
  unsupported_media_type: [415, "That is not a form",                 "Go back and use the form on the page."],
  rate_limited:           [429, "Too many attempts",                  "Wait a little before the next one."],
  internal:               [500, "Something went wrong on our side",   "It is not your fault. Try again; if it stays like this, come back later."],
  unavailable:            [503, "Not possible right now",             "Nothing is wrong with what you sent."],
};

/** Says no where there is no form to go on with. The texts are fixed: nothing that was sent is in them. */
export function errorPage(http: Context<AppEnv>, refused: Refused<ErrorReason>): Promise<Response> {
  noteRefusal(http, refused);
  const [status, title, whatToDo] = wordings[refused.reason];
  return page(
    http,
    { title, status },
    <>
      <h1>{title}</h1>
      <p>
        {whatToDo}
        {refused.comeBack && ` ${whenToComeBack(refused)}`}
      </p>
      <p>
        <a href="/">Front page</a>
      </p>
    </>,
  );
}
