import type { Context as HttpContext } from "hono";
import type { Caller } from "../../core/caller/caller.ts";
import type { Context } from "../../core/ports.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { formTokenFor } from "../form/form-token.ts";
import { textsOf } from "../frame/texts-of.ts";
import { terms } from "../terms.ts";
import { findPageCaller } from "./page-session.ts";

/** A person who is signed in, on a page that is for such. */
export interface Visit {
  http: HttpContext<AppEnv>;
  context: Context;
  caller: Caller;
  texts: Texts;
  /** What every form of the page sends along. */
  formToken: string;
  /** The path of the page, or of the one whose form was posted. */
  page: string;
}

/** Null when nobody is signed in. */
export async function beginVisit(http: HttpContext<AppEnv>, page: string): Promise<Visit | null> {
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  return (
    caller && {
      http,
      context,
      caller,
      texts: textsOf(http),
      formToken: await formTokenFor(context, caller.session.id),
      page,
    }
  );
}
