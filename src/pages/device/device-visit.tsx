import type { Context as HttpContext } from "hono";
import type { Child } from "hono/jsx";
import type { Caller } from "../../core/caller/caller.ts";
import type { Context } from "../../core/ports.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import type { Texts } from "../../texts/texts.ts";
import { formTokenFor } from "../form/form-token.ts";
import { type PageHead, page } from "../frame/page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { findPageCaller } from "../session/page-session.ts";
import { SignedInAs } from "../session/signed-in-as.tsx";
import { terms } from "../terms.ts";

/** A signed-in person on the pages for devices. */
export interface DeviceVisit {
  http: HttpContext<AppEnv>;
  texts: Texts;
  context: Context;
  caller: Caller;
  formToken: string;
}

/** Null when nobody is signed in. */
export async function beginDeviceVisit(http: HttpContext<AppEnv>): Promise<DeviceVisit | null> {
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  if (!caller) {
    return null;
  }
  const formToken = await formTokenFor(context, caller.session.id);
  return { http, texts: textsOf(http), context, caller, formToken };
}

/** A page of theirs, with whose account it is about. */
export function devicePage(
  { http, texts, caller, formToken }: DeviceVisit,
  head: PageHead,
  body: Child,
): Promise<Response> {
  return page(
    http,
    head,
    <>
      {body}
      <SignedInAs texts={texts} caller={caller} formToken={formToken} />
    </>,
  );
}
