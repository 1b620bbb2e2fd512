import type { Context as HttpContext } from "hono";
import { setCookie } from "hono/cookie";
import type { Caller } from "../../core/caller/caller.ts";
import { operations } from "../../core/operations.ts";
import type { Context } from "../../core/ports.ts";
import {
  identifyByPageCookie,
  pageCookieFor,
  sessionOfPageCookie,
} from "../../core/session/identify.ts";
import type { Session } from "../../core/session/session.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { isSecure, pageCookieName, readPageCookie } from "../../http/page-cookie.ts";
import { noteCaller } from "../../http/server-timing.ts";
import { terms } from "../terms.ts";

type Http = HttpContext<AppEnv>;

/** Who is signed in on this browser; null when nobody is, or no longer. */
export async function findPageCaller(http: Http, context: Context): Promise<Caller | null> {
  const cookie = readPageCookie(http, context.settings.publicUrl);
  const caller = cookie ? await identifyByPageCookie(context, cookie) : null;
  caller && noteCaller(http, caller);
  return caller;
}

/**
 * Hands a session to this browser, out of reach of scripts and of posts from elsewhere, and ends the
 * one it had. ASVS 7.2.4.
 */
export async function replacePageSession(
  http: Http,
  context: Context,
  session: Session,
): Promise<void> {
  const earlier = readPageCookie(http, context.settings.publicUrl);
  const sessionId = earlier && (await sessionOfPageCookie(context, earlier));
  if (sessionId) {
    await operations.signOutIfIn(context, { sessionId });
  }
  const value = await pageCookieFor(context, session.id);
  writeCookie(http, context, value, terms.session.absoluteSeconds);
}

/** Makes this browser forget. The session itself is ended by `signOut`. */
export function clearPageCookie(http: Http, context: Context): void {
  writeCookie(http, context, "", 0);
}

function writeCookie(http: Http, { settings }: Context, value: string, maxAge: number): void {
  setCookie(http, pageCookieName(settings.publicUrl), value, {
    path: "/",
    httpOnly: true,
    secure: isSecure(settings.publicUrl),
    sameSite: "Lax",
    maxAge,
  });
}
