import type { Context as HttpContext } from "hono";
import * as z from "zod";
import { chooseScopes } from "../../core/choose-scopes.ts";
import {
  type AuthorizationRequest,
  openAuthorizationRequest,
} from "../../core/oauth/authorization-request.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { formPost } from "../form/form-post.ts";
import { holdsFormToken } from "../form/form-token.ts";
import { errorPage } from "../frame/error-page.tsx";
import { findPageCaller } from "../session/page-session.ts";
import { terms } from "../terms.ts";
import { authorizationErrorPage } from "./authorization-error-page.tsx";
import { refuseClient } from "./authorization-response.ts";
import { chosenScopes } from "./chosen-scopes.ts";
import { proceed } from "./proceed.tsx";

type Http = HttpContext<AppEnv>;

const decision = z.enum(["allow", "deny"]);

/** GET /oauth/consent: goes on with a request after signing in. It decides nothing. */
export async function showConsent(http: Http): Promise<Response> {
  const request = await resume(http, http.req.query("request"));
  return request instanceof Refused
    ? authorizationErrorPage(http, request)
    : proceed(http, request);
}

/** POST /oauth/consent: the person's word, from the page that this session was shown. */
export const postConsent = formPost(async (http, form) => {
  const request = await resume(http, form.request);
  if (request instanceof Refused) {
    return authorizationErrorPage(http, request);
  }
  const context = contextOf(http, terms);
  const caller = await findPageCaller(http, context);
  if (!caller) {
    return proceed(http, request);
  }
  if (!(await holdsFormToken(context, caller.session.id, form.csrf))) {
    return errorPage(http, new Refused("cross_site"));
  }
  const decided = decision.safeParse(form.decision).data;
  if (!decided) {
    return errorPage(http, new Refused("invalid_request"));
  }
  if (decided === "deny") {
    return refuseClient(http, request, new Refused("access_denied"));
  }
  const scopes = chooseScopes(request.scopes, chosenScopes(form));
  return scopes
    ? proceed(http, { ...request, scopes }, { consentOf: caller })
    : errorPage(http, new Refused("invalid_request"));
});

/** The request that waits, if it is still good, and its client still registered where it leads. */
async function resume(
  http: Http,
  sealed: string | undefined,
): Promise<
  | AuthorizationRequest
  | Refused<"expired_token" | "client_unknown" | "redirect_uri_unknown" | "rate_limited">
> {
  http.var.log.operation = "findRedirect";
  const context = contextOf(http, terms);
  const request = sealed ? await openAuthorizationRequest(context, sealed) : null;
  if (!request) {
    return new Refused("expired_token");
  }
  const found = await operations.findRedirect(context, request);
  return found instanceof Refused ? found : request;
}
