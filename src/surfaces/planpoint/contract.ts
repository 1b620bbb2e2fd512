import { nothing } from "../request.ts";
import { surface } from "../surface.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";

/** Planpoint: tokens in cookies beside the body, accounts called by `username`; a refusal is `{message}`. */
// biome-ignore format: a contract reads as a table
export const planpoint = surface({
  terms,
  bases: ["/api/users"],
  sessionCookie: "planpoint",
  neverInQuery: ["username", "password", "code", "recoverycode", "token", "access_token", "refresh_token"],

  routes: {
    impersonate:    ["POST /api/users/login",   "bearer or cookie",        request.target,      200, reply.session, request.isImpersonating],
    signIn:         ["POST /api/users/login",   "anyone",                  request.credentials, 200, reply.session],
    refresh:        ["POST /api/users/refresh", "same origin",             request.refreshing,  200, reply.refreshed],
    signOutIfIn:    ["POST /api/users/logout",  "bearer or cookie unread", request.refreshing,  200, reply.signedOut],
    currentAccount: ["GET /api/users/me",       "bearer or cookie",        nothing,             200, reply.me],
    updateProfile:  ["PUT /api/users/me",       "bearer or cookie",        request.profile,     200, reply.me],
  },

  refusals: {
    invalid_credentials:      [401, "", "The username or the password is wrong"],
    second_factor_required:   [401, "", "Two-factor code required"],
    second_factor_invalid:    [401, "", "The two-factor code is wrong or was used already"],
    target_unknown:           [401, "", "There is no such user"],
    target_out_of_reach:      [403, "", "You may not impersonate this user"],
    role_too_low:             [403, "", "Only an administrator may impersonate"],
    refresh_token_invalid:    [401, "", "The session has ended. Log in again"],
    refresh_token_replayed:   [401, "", "The session has ended. Log in again"],
    unauthenticated:          [401, "", "Log in first"],
    access_token_invalid:     [401, "", "The access token is not valid. Log in again"],
    insufficient_scope:       [403, "", "This token may not do that"],
    password_change_required: [403, "", "Change your password first"],
    cross_site:               [403, "", "A cookie may be used from its own origin only"],
    invalid_request:          [400, "", "The request is not valid"],
    unsupported_media_type:   [415, "", "Send JSON with Content-Type: application/json"],
    body_too_large:           [413, "", "The request body is too large"],
    route_unknown:            [404, "", "There is nothing here"],
    method_not_allowed:       [405, "", "This path does not take that method"],
    rate_limited:             [429, "", "Too many attempts. Try again later"],
    unavailable:              [503, "", "Not possible right now. Try again in a moment"],
    internal:                 [500, "", "Something went wrong on our side"],
  },

  refuse: reply.refusal,
});
