import type { Context } from "hono";
import { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { fill } from "../../texts/fill.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { onwardPage } from "../frame/onward-page.tsx";
import { textsOf } from "../frame/texts-of.ts";
import { signInPath } from "../sign-in/return-to.ts";

/** Where a mailed link came from that is dead, and so what to do instead. */
type From = "verify" | "reset" | "emailChange" | "secure";

/** The end of a mailed link that is spent, too old or incomplete: which of them, nobody is told. */
export function deadLinkPage(http: Context<AppEnv>, from: From): Promise<Response> {
  noteRefusal(http, new Refused("mailed_link_invalid"));
  const texts = textsOf(http);
  const { deadLink } = texts;
  const to = {
    // Where an address that is still unconfirmed has its link mailed anew.
    verify: { path: signInPath("/account/security/email"), name: texts.shell.signIn },
    reset: { path: "/forgot", name: texts.reset.another },
    secure: { path: "/forgot", name: texts.reset.another },
    emailChange: { path: "/account", name: texts.shell.account },
  }[from];
  const says = [fill(deadLink.why, { whatToDo: texts[from].deadLink })];
  return onwardPage(http, { title: deadLink.title, status: 400, says, to });
}
