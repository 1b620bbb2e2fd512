import { findToken } from "../../../src/core/oauth/live-token.ts";
import type { Context } from "../../../src/core/ports.ts";
import { identifyByPageCookie } from "../../../src/core/session/identify.ts";
import { terms as oauthTerms } from "../../../src/oauth/terms.ts";
import { surfaces } from "../../../src/surfaces/index.ts";
import { contextFor } from "../../support/oauth.ts";
import type { TestService } from "../../support/service.ts";

/** Whether everything that was handed out opens what it should. */
export async function areGood(service: TestService, tokens: readonly string[]): Promise<boolean> {
  const found = await Promise.all(tokens.map((token) => isGood(contextFor(service), token)));
  return !found.includes(false);
}

/** An ID token opens nothing, and says in its header that it is none of an access token. */
async function isGood(context: Context, token: string): Promise<boolean> {
  if (await identifyByPageCookie(context, token)) {
    return true;
  }
  const [header = "", claims = ""] = token.startsWith("eyJ") ? token.split(".") : [];
  if (header && JSON.parse(atob(header)).typ !== "at+jwt") {
    return true;
  }
  const tenantId = claims ? JSON.parse(atob(base64(claims))).tenant : context.tenantId;
  for (const terms of [oauthTerms, ...surfaces.map((surface) => surface.terms)]) {
    if (await findToken({ ...context, tenantId, terms }, token, "current")) {
      return true;
    }
  }
  return false;
}

function base64(text: string): string {
  return text.replaceAll("-", "+").replaceAll("_", "/");
}
