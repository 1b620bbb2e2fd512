import type { Context as HttpContext } from "hono";
import type { AdminCaller } from "../core/admin/admin-caller.ts";
import { identifyAdministrator } from "../core/admin/identify-administrator.ts";
import type { ResourceCaller } from "../core/caller/caller.ts";
import { identifyByKey } from "../core/key/identify-by-key.ts";
import type { Context } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import {
  identifyByAccessToken,
  identifyByPageCookie,
  sessionOfAccessToken,
} from "../core/session/identify.ts";
import type { AppEnv } from "../http/app-env.ts";
import { isSameOrigin } from "../http/same-origin.ts";
import { type Credential, readCredential, type TakenCookie } from "./credential.ts";
import type { AnyAudience, Surface } from "./surface.ts";

type Http = HttpContext<AppEnv>;

/** What a row's operation is told about who asks. */
type Identified = { caller?: ResourceCaller | AdminCaller | null; sessionId?: string | null };

const TAKEN: Partial<Record<AnyAudience, TakenCookie>> = {
  "bearer or page": "page cookie",
  "bearer or cookie": "session cookie",
  "bearer or cookie unread": "session cookie",
};

/** Finds out who asks, as far as the audience of a row has it proved. */
export async function identify(
  http: Http,
  context: Context,
  surface: Surface,
  audience: AnyAudience,
): Promise<Identified | Refused> {
  const credential = readCredential(http, surface, TAKEN[audience] ?? null);
  if (ridesOnCookies(http, credential, audience) && mayComeFromElsewhere(http, context)) {
    return new Refused("cross_site");
  }
  switch (audience) {
    case "anyone":
    case "same origin":
      return {};
    case "anyone without a key":
      return credential.by === "key" ? callerByKey(context, credential.value, false) : {};
    case "bearer unread":
    case "bearer or cookie unread":
      return { sessionId: await sessionNamed(context, credential) };
    case "bearer if any":
      return credential.by === "nothing" ? { caller: null } : callerBy(context, credential, false);
    case "administrator":
      return administratorBy(context, credential);
    default:
      return callerBy(context, credential, audience === "bearer or key");
  }
}

/** A credential in a header is nothing that a browser sends by itself. */
function ridesOnCookies(http: Http, credential: Credential, audience: AnyAudience): boolean {
  const takesCookies = audience === "same origin" || audience === "bearer or cookie unread";
  return (
    credential.by.endsWith("cookie") ||
    (takesCookies && !isProof(credential) && isFromBrowser(http))
  );
}

function isProof({ by }: Credential): boolean {
  return by !== "nothing" && by !== "malformed";
}

/** Browsers send one of these with whatever changes something. */
function isFromBrowser(http: Http): boolean {
  return ["cookie", "origin", "sec-fetch-site"].some((name) => http.req.header(name) !== undefined);
}

/** Whether a cookie may have been sent along by another site's page. Reading shows such a page nothing. */
function mayComeFromElsewhere(http: Http, { settings }: Context): boolean {
  const isRead = http.req.method === "GET" || http.req.method === "HEAD";
  return !isRead && !isSameOrigin(http.req, settings.publicUrl);
}

async function callerBy(
  context: Context,
  credential: Credential,
  takesKeys: boolean,
): Promise<Identified | Refused> {
  switch (credential.by) {
    case "nothing":
      return new Refused("unauthenticated");
    case "malformed":
      return new Refused("access_token_invalid");
    case "key":
      return callerByKey(context, credential.value, takesKeys);
    case "page cookie": {
      const caller = await identifyByPageCookie(context, credential.value);
      return caller ? { caller } : new Refused("unauthenticated");
    }
    default: {
      const caller = await identifyByAccessToken(context, credential.value);
      return caller ? { caller } : new Refused("access_token_invalid");
    }
  }
}

async function administratorBy(
  context: Context,
  credential: Credential,
): Promise<Identified | Refused> {
  if (credential.by === "nothing") {
    return new Refused("unauthenticated");
  }
  if (credential.by !== "token") {
    return new Refused("access_token_invalid");
  }
  const caller = await identifyAdministrator(context, credential.value);
  return caller instanceof Refused ? caller : { caller };
}

/** A key that opens nothing here is told so where it is good; a bad one is no key at all. */
async function callerByKey(
  context: Context,
  key: string,
  takesKeys: boolean,
): Promise<Identified | Refused> {
  const caller = await identifyByKey(context, key);
  if (!caller) {
    return new Refused("access_token_invalid");
  }
  return takesKeys ? { caller } : new Refused("insufficient_scope");
}

async function sessionNamed(context: Context, credential: Credential): Promise<string | null> {
  return credential.by === "token" || credential.by === "session cookie"
    ? sessionOfAccessToken(context, credential.value)
    : null;
}
