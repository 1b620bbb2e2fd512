import type { Context as HttpContext } from "hono";
import * as z from "zod";
import { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { chosenScopes } from "../authorize/chosen-scopes.ts";
import { formPost } from "../form/form-post.ts";
import { holdsFormToken } from "../form/form-token.ts";
import { errorPage } from "../frame/error-page.tsx";
import { seeOther } from "../frame/see-other.ts";
import { devicePath, signInPath } from "../sign-in/return-to.ts";
import { USER_CODE_MAX_LENGTH } from "./device-code-form.tsx";
import { deviceCodePage, noCodePage } from "./device-code-page.tsx";
import { deviceConfirmationPage } from "./device-confirmation-page.tsx";
import { deviceDecisionPage } from "./device-decision-page.tsx";
import { beginDeviceVisit } from "./device-visit.tsx";

type Http = HttpContext<AppEnv>;

const decision = z.enum(["approve", "deny"]);

/**
 * GET /device: shows what is asking. It never decides, whatever is in the address (RFC 8628 §3.3.1).
 *
 * A link on another site only fills in the form: it could hold wrong codes, and following it would
 * use up the person's guesses.
 */
export async function showDevice(http: Http): Promise<Response> {
  const linked = http.req.query("user_code") || null;
  const visit = await beginDeviceVisit(http);
  if (!visit) {
    return seeOther(http, signInPath(devicePath(linked)));
  }
  if (linked === null || isForeignLink(http)) {
    return deviceCodePage(visit, { linked });
  }
  http.var.log.operation = "describeDeviceGrant";
  return linked.length > USER_CODE_MAX_LENGTH
    ? noCodePage(visit)
    : deviceConfirmationPage(visit, linked, { wasTyped: false });
}

/** Browsers say where a link was: typed or scanned is `none`. Programs say nothing. */
function isForeignLink(http: Http): boolean {
  const site = http.req.header("sec-fetch-site") ?? "none";
  return site !== "none" && site !== "same-origin";
}

/**
 * POST /device: with a code alone it shows what is asking, with a decision it decides. Only the
 * latter needs the form's token: the former does no more than a link could.
 */
export const postDevice = formPost(async (http, form) => {
  const userCode = form.user_code ?? "";
  const visit = await beginDeviceVisit(http);
  if (!visit) {
    return seeOther(http, signInPath(devicePath(userCode)));
  }
  const isOurs = await holdsFormToken(visit.context, visit.caller.session.id, form.csrf);
  if (!isOurs && (form.csrf !== undefined || form.decision !== undefined)) {
    return errorPage(http, new Refused("cross_site"));
  }
  const decided = decision.optional().safeParse(form.decision);
  if (!decided.success) {
    return errorPage(http, new Refused("invalid_request"));
  }
  http.var.log.operation = decided.data ? "decideDeviceGrant" : "describeDeviceGrant";
  if (userCode.length > USER_CODE_MAX_LENGTH) {
    return noCodePage(visit);
  }
  // Our form says that its code was typed where it held none to begin with.
  const wasTyped = form.typed !== undefined;
  return decided.data
    ? deviceDecisionPage(visit, {
        userCode,
        approve: decided.data === "approve",
        wasTyped,
        hasCompared: wasTyped || form.compared !== undefined,
        deviceName: form.device_name ?? "",
        scopes: chosenScopes(form),
      })
    : deviceConfirmationPage(visit, userCode, { wasTyped });
});
