import type { Context, Handler } from "hono";
import * as z from "zod";
import { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { errorPage } from "../frame/error-page.tsx";

export const FORM_MAX_BYTES = 16 * 1024;

/** Each field once, as text. What a field may hold is for the page to say. */
export type Form = Readonly<Record<string, string | undefined>>;

const form = z.record(
  z.string(),
  z.string().refine((value) => value.isWellFormed()),
);

/** Answers a posted form. Files, repeated fields and bodies that are no form never get to the page. */
export function formPost(
  answer: (http: Context<AppEnv>, form: Form) => Promise<Response>,
): Handler<AppEnv> {
  return async (http) => {
    const sent = await readForm(http);
    return sent instanceof Refused ? errorPage(http, sent) : answer(http, sent);
  };
}

async function readForm(
  http: Context<AppEnv>,
): Promise<Form | Refused<"invalid_request" | "unsupported_media_type">> {
  if (!isForm(http.req.header("content-type"))) {
    return new Refused("unsupported_media_type");
  }
  // `all` keeps a field that was sent twice as a list, which is then refused instead of guessed at.
  const body = await http.req.parseBody({ all: true }).catch(() => null);
  return form.safeParse(body).data ?? new Refused("invalid_request");
}

function isForm(contentType: string | undefined): boolean {
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(
    contentType ?? "",
  );
}
