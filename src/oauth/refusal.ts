import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type * as z from "zod";
import type { ReasonOf } from "../core/operations.ts";
import type { FieldIssue, Refused } from "../core/refused.ts";
import type { AppEnv } from "../http/app-env.ts";
import type * as shape from "./shapes.ts";

/** Every reason to say no at an endpoint that programs ask. */
export type OAuthReason =
  | ReasonOf<
      | "authorizeDevice"
      | "watchDeviceGrant"
      | "redeemDeviceCode"
      | "redeemAuthorizationCode"
      | "refreshForClient"
      | "redeemClientCredentials"
      | "revokeToken"
      | "introspect"
      | "userInfo"
    >
  | "grant_type_unknown"
  | "invalid_request"
  | "body_too_large"
  | "route_unknown"
  | "method_not_allowed"
  | "unavailable"
  | "internal";

type Wording = readonly [status: ContentfulStatusCode, error: string, description: string];

/** Codes are those of the OAuth Extensions Error Registry, texts of the letters of RFC 6749 §5.2. */
// biome-ignore format: it reads as a table
export const wordings: Readonly<Record<OAuthReason, Wording>> = {
  client_unauthenticated:   [401, "invalid_client",          "The client is unknown or did not prove who it is."],
  grant_not_allowed:        [400, "unauthorized_client",     "The client is not registered for this grant."],
  grant_type_unknown:       [400, "unsupported_grant_type",  "There is no such grant here."],
  invalid_grant:            [400, "invalid_grant",           "The code is not valid. Start again."],
  refresh_token_invalid:    [400, "invalid_grant",           "The refresh token is not valid. Sign in again."],
  refresh_token_replayed:   [400, "invalid_grant",           "The refresh token is not valid. Sign in again."],
  token_of_another:         [400, "invalid_grant",           "The token was issued to another client."],
  scope_not_allowed:        [400, "invalid_scope",           "A scope is unknown or may not be asked for."],
  resource_not_allowed:     [400, "invalid_target",          "A resource is unknown or may not be asked for."],
  authorization_pending:    [400, "authorization_pending",   "Nobody has decided yet. Keep polling."],
  slow_down:                [400, "slow_down",               "Too fast. Poll five seconds slower from now on."],
  polling_flooded:          [429, "slow_down",               "Too many polls with this code. Slow down."],
  access_denied:            [400, "access_denied",           "The request was denied."],
  expired_token:            [400, "expired_token",           "The device code has expired. Start again."],
  unauthenticated:          [401, "invalid_token",           "Send an access token as Bearer."],
  access_token_invalid:     [401, "invalid_token",           "The access token is not valid."],
  password_change_required: [401, "invalid_token",           "The account has to change its password first."],
  insufficient_scope:       [403, "insufficient_scope",      "The access token may not do that."],
  invalid_request:          [400, "invalid_request",         "The request is not valid."],
  body_too_large:           [413, "invalid_request",         "The request body is too large."],
  route_unknown:            [404, "invalid_request",         "There is nothing here."],
  method_not_allowed:       [405, "invalid_request",         "This path does not take that method."],
  rate_limited:             [429, "temporarily_unavailable", "Too many requests. Try again later."],
  unavailable:              [503, "temporarily_unavailable", "Not possible right now. Try again in a moment."],
  internal:                 [500, "server_error",            "Something went wrong on our side."],
};

/** RFC 6749 §5.2; RFC 6750 §3: no error for who sent no token, a name for it otherwise. */
export const CHALLENGES: Partial<Record<OAuthReason, string>> = {
  client_unauthenticated: 'Basic realm="Latchkey"',
  unauthenticated: 'Bearer realm="Latchkey"',
  access_token_invalid: 'Bearer realm="Latchkey", error="invalid_token"',
  password_change_required: 'Bearer realm="Latchkey", error="invalid_token"',
  insufficient_scope: 'Bearer realm="Latchkey", error="insufficient_scope", scope="openid"',
};

/** A refusal in OAuth's form: nothing that came in is in it. RFC 6749 §5.2. */
export function refuseLikeOAuth(http: Context<AppEnv>, refused: Refused<OAuthReason>): Response {
  const { reason, comeBack, fields } = refused;
  http.var.log.reason = reason;
  const wording = wordings[reason];
  const [status] = wording;
  const challenge = CHALLENGES[reason];
  const headers = {
    "cache-control": "no-store",
    ...(comeBack && { "retry-after": String(comeBack.retryAfterSeconds) }),
    ...(challenge && { "www-authenticate": challenge }),
  };
  if (reason === "unauthenticated") {
    return http.body(null, status, headers);
  }
  return http.json(refusalBody(wording, fields), status, headers);
}

export function refusalBody(
  [, error, description]: Wording,
  fields: readonly FieldIssue[],
): z.output<typeof shape.refusal> {
  const issues = fields.map(({ field, issue }) => `${field} ${issue}.`);
  return { error, error_description: [description, ...issues].join(" ") };
}
