import type { Context } from "hono";
import { Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import { noteRefusal } from "./note-refusal.ts";
import { page } from "./page.tsx";

const NEXT = { "/signin": "Sign in", "/forgot": "Mail me another link" } as const;

/** The end of a mailed link that is spent, too old or incomplete: which of them, nobody is told. */
export function deadLinkPage(
  http: Context<AppEnv>,
  whatToDo: string,
  next: keyof typeof NEXT = "/signin",
): Promise<Response> {
  noteRefusal(http, new Refused("mailed_link_invalid"));
  const title = "This link no longer works";
  return page(
    http,
    { title, status: 400 },
    <>
      <h1>{title}</h1>
      <p>It was used before, it is too old, or a part of it is missing. {whatToDo}</p>
      <p>
        <a href={next}>{NEXT[next]}</a>
      </p>
    </>,
  );
}
