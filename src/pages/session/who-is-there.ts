import type { Context as HttpContext } from "hono";
import type { Caller } from "../../core/caller/caller.ts";
import { refuseStale } from "../../core/caller/refuse-stale.ts";
import type { AuthorizationRequest } from "../../core/oauth/authorization-request.ts";
import { operations } from "../../core/operations.ts";
import type { Context } from "../../core/ports.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { isSensitive } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";
import { findPageCaller } from "./page-session.ts";

/** Who comes to sign in: anyone, somebody who is signed in, or one who has to sign in once more. */
export type Visitor =
  | { is: "anyone"; email: null }
  | { is: "signedIn"; email: string }
  | { is: "anew"; email: string };

export const ANYONE = { is: "anyone", email: null } as const;

/** Who is there on the way to a page, or to the app behind it. An app may mean somebody else. */
export async function whoIsThere(
  http: HttpContext<AppEnv>,
  returnPath: string,
  request: AuthorizationRequest | null,
): Promise<Visitor> {
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  const meant = request?.hintedAccountId ?? caller?.account.id;
  if (!caller || caller.account.id !== meant) {
    return ANYONE;
  }
  const isAskedAnew = request
    ? await asksAnew(context, caller, request)
    : isSensitive(returnPath) && refuseStale(context, caller) !== null;
  return { is: isAskedAnew ? "anew" : "signedIn", email: caller.account.email };
}

/** Whether the app behind it wants a sign-in that is newer than theirs. */
async function asksAnew(context: Context, caller: Caller, request: AuthorizationRequest) {
  const step = await operations.considerAuthorization(context, { caller, request });
  return !(step instanceof Refused) && step.is === "sign in";
}
