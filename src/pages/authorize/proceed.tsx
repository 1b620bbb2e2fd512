import type { Context as HttpContext } from "hono";
import type { Caller } from "../../core/caller/caller.ts";
import {
  type AuthorizationRequest,
  sealAuthorizationRequest,
} from "../../core/oauth/authorization-request.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { seeOther } from "../frame/see-other.ts";
import { findPageCaller } from "../session/page-session.ts";
import { consentPath, signInPath } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";
import { authorizationErrorPage } from "./authorization-error-page.tsx";
import { answerClient, refuseClient } from "./authorization-response.ts";
import { consentForm } from "./consent-form.tsx";

type Http = HttpContext<AppEnv>;

/**
 * Takes an authorization request one step on: to the sign-in page, to the person's consent, or back
 * to the client with a code. Under `prompt=none` nothing is ever shown. OpenID Connect Core §3.1.2.
 */
export async function proceed(
  http: Http,
  request: AuthorizationRequest,
  { consentOf = null }: { consentOf?: Caller | null } = {},
): Promise<Response> {
  http.var.log.operation = "considerAuthorization";
  const context = contextOf(http, terms);
  const caller = consentOf ?? (await findPageCaller(http, context));
  const step = await operations.considerAuthorization(context, { caller, request });
  if (step instanceof Refused) {
    return refuse(http, request, step);
  }
  if (!caller || step.is === "sign in") {
    const sealed = await sealAuthorizationRequest(context, request);
    return seeOther(http, signInPath(consentPath(sealed)));
  }
  const barred = operations.grantAuthorization.refuseCaller(caller);
  if (barred) {
    return refuse(http, request, barred);
  }
  if (step.is === "consent" && !consentOf) {
    return consentForm(http, { context, caller, request, client: step.client });
  }
  http.var.log.operation = "grantAuthorization";
  const consentTo = step.is === "consent" ? step.client : null;
  const granted = await operations.grantAuthorization(context, { caller, request, consentTo });
  return granted instanceof Refused
    ? refuse(http, request, granted)
    : answerClient(http, request, granted);
}

type Refusal = Refused<
  | "client_unknown"
  | "scope_not_allowed"
  | "resource_not_allowed"
  | "rate_limited"
  | "sign_in_required"
  | "consent_required"
  | "password_change_required"
  | "insufficient_scope"
>;

/** Tells the client what it asked to be told, and the person what only they can change. */
function refuse(http: Http, request: AuthorizationRequest, refused: Refusal) {
  const { reason } = refused;
  if (reason === "client_unknown" || reason === "rate_limited") {
    return authorizationErrorPage(http, new Refused(reason, refused));
  }
  if (reason !== "password_change_required" && reason !== "insufficient_scope") {
    return refuseClient(http, request, new Refused(reason));
  }
  const told = new Refused(reason);
  return request.prompt.includes("none")
    ? refuseClient(http, request, told)
    : authorizationErrorPage(http, told);
}
