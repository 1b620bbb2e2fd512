import type { Context as HttpContext } from "hono";
import {
  type AuthorizationRequest,
  openAuthorizationRequest,
} from "../../core/oauth/authorization-request.ts";
import { type AppEnv, contextOf } from "../../http/app-env.ts";
import { formTarget } from "../form/form-target.ts";
import { terms } from "../terms.ts";
import { sealedRequestIn } from "./return-to.ts";

export interface RequestOnTheWay {
  request: AuthorizationRequest;
  /** What a person calls the client they go on to. */
  clientName: string;
}

/**
 * The authorization request that waits behind a sign-in, where one does and is still good. The forms
 * of the page may then lead on to its client.
 */
export async function requestOnTheWay(
  http: HttpContext<AppEnv>,
  returnPath: string,
): Promise<RequestOnTheWay | null> {
  const sealed = sealedRequestIn(returnPath);
  const context = contextOf(http, terms);
  const request = sealed && (await openAuthorizationRequest(context, sealed));
  const client = request && (await context.clients.find(request.tenantId, request.clientId));
  if (!client) {
    return null;
  }
  http.set("formTarget", formTarget(request.redirectUri));
  return { request, clientName: client.name };
}
