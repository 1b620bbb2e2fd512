import type { Context } from "hono";
import type { Refused } from "../../core/refused.ts";
import type { AppEnv } from "../../http/app-env.ts";
import { noteRefusal } from "../form/note-refusal.ts";
import { seeOther } from "../frame/see-other.ts";

/** Where a client waits for its answer, at a redirect URI that is known to be its own. */
export interface ReplyAddress {
  redirectUri: string;
  state: string | null;
}

// biome-ignore format: it reads as a table
const wordings = {
  invalid_request:            ["invalid_request",           "The request is not in order."],
  request_object_unsupported: ["request_not_supported",     "Request objects are not taken."],
  request_uri_unsupported:    ["request_uri_not_supported", "Request objects are not fetched."],
  response_type_unknown:      ["unsupported_response_type", "The response type must be code."],
  grant_not_allowed:          ["unauthorized_client",       "This client may not use authorization codes."],
  scope_not_allowed:          ["invalid_scope",             "This client may not ask for that scope."],
  resource_not_allowed:       ["invalid_target",            "This client may not ask for that resource."],
  access_denied:              ["access_denied",             "The person said no."],
  sign_in_required:           ["login_required",            "The person has to sign in first."],
  consent_required:           ["consent_required",          "The person has to consent first."],
  password_change_required:   ["interaction_required",      "The person has to set a new password first."],
  insufficient_scope:         ["interaction_required",      "The person has to sign in with the password first."],
} as const;

export type ClientRefusal = keyof typeof wordings;

/** Takes a code to its client. RFC 6749 §4.1.2. */
export function answerClient(
  http: Context<AppEnv>,
  to: ReplyAddress,
  { code }: { code: string },
): Response {
  return reply(http, to, { code });
}

/** Tells the client why there is no code. The texts are fixed. RFC 6749 §4.1.2.1. */
export function refuseClient(
  http: Context<AppEnv>,
  to: ReplyAddress,
  refused: Refused<ClientRefusal>,
): Response {
  noteRefusal(http, refused);
  const [error, text] = wordings[refused.reason];
  const [problem] = refused.fields;
  const description = problem ? `${problem.field} ${problem.issue}.` : text;
  return reply(http, to, { error, error_description: description });
}

/**
 * The parameters are put behind the redirect URI to the letter, so that a query it has stays as it
 * is and an app's own scheme works too. `iss` tells clients of many services ours apart (RFC 9207).
 */
function reply(
  http: Context<AppEnv>,
  { redirectUri, state }: ReplyAddress,
  parameters: Record<string, string>,
): Response {
  const iss = http.var.ports.settings.publicUrl;
  const pairs = Object.entries({ ...parameters, ...(state !== null && { state }), iss });
  // By %20 and not by +, which not every client reads as a space.
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return seeOther(http, `${redirectUri}${joint(redirectUri)}${query}`);
}

function joint(redirectUri: string): "?" | "&" | "" {
  if (!redirectUri.includes("?")) {
    return "?";
  }
  return /[?&]$/.test(redirectUri) ? "" : "&";
}
