import type { Context as HttpContext } from "hono";
import {
  type AuthorizationRequest,
  readAuthorizationRequest,
  sealAuthorizationRequest,
} from "../../core/oauth/authorization-request.ts";
import { operations } from "../../core/operations.ts";
import { Refused } from "../../core/refused.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { errorPage } from "../frame/error-page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { consentPath } from "../sign-in/return-to.ts";
import { terms } from "../terms.ts";
import { authorizationErrorPage } from "./authorization-error-page.tsx";
import { readAuthorizationParameters } from "./authorization-parameters.ts";
import { refuseClient } from "./authorization-response.ts";
import { proceed } from "./proceed.tsx";

type Http = HttpContext<AppEnv>;

/** GET /oauth/authorize: answers at once, or by way of the pages that it takes. RFC 6749 §4.1.1. */
export async function getAuthorize(http: Http): Promise<Response> {
  const request = await readRequest(http, new URL(http.req.url).searchParams);
  return request instanceof Response ? request : proceed(http, request);
}

/**
 * POST /oauth/authorize: any site may send people here, so it changes nothing. The cookie stays
 * away from such a post and is there again on the page that it leads to. OpenID Connect Core §3.1.2.1.
 */
export async function postAuthorize(http: Http): Promise<Response> {
  if (!isForm(http.req.header("content-type"))) {
    return errorPage(http, new Refused("unsupported_media_type"));
  }
  const body = new TextDecoder().decode(await http.req.arrayBuffer());
  const request = await readRequest(http, new URLSearchParams(body));
  return request instanceof Response
    ? request
    : seeOther(http, consentPath(await sealAuthorizationRequest(contextOf(http, terms), request)));
}

/** The request, once it is known whose it is and that it is in order; or the answer to what is not. */
async function readRequest(
  http: Http,
  parameters: URLSearchParams,
): Promise<AuthorizationRequest | Response> {
  http.var.log.operation = "findRedirect";
  const sent = readAuthorizationParameters(parameters);
  if (!sent) {
    return authorizationErrorPage(http, new Refused("invalid_request"));
  }
  const context = contextOf(http, terms);
  const found = await operations.findRedirect(context, sent);
  if (found instanceof Refused) {
    return authorizationErrorPage(http, found);
  }
  const { client, redirectUri } = found;
  const request =
    sent.problem ?? (await readAuthorizationRequest(context, client, redirectUri, sent.asked));
  const { state } = sent.asked;
  return request instanceof Refused ? refuseClient(http, { redirectUri, state }, request) : request;
}

function isForm(contentType: string | undefined): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? "");
}
