import { nothing } from "../request.ts";
import { surface } from "../surface.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";

/** Pionne: snake_case at top level, numbered tokens; some refusals have a code, some only a text. */
// biome-ignore format: a contract reads as a table
export const pionne = surface({
  terms,
  bases: ["/api/auth"],

  routes: {
    registerAndSignIn:    ["POST /api/auth/register",            "anyone",        request.registration, 201, reply.registered],
    startSignIn:          ["POST /api/auth/login",               "anyone",        request.credentials,  200, reply.firstStep],
    finishSignIn:         ["POST /api/auth/login/totp",          "anyone",        request.secondStep,   200, reply.session],
    signOut:              ["POST /api/auth/logout",              "bearer unread", nothing,              204, reply.done],
    currentAccount:       ["GET /api/auth/me",                   "bearer",        nothing,              200, reply.me],
    listSessions:         ["GET /api/auth/tokens",               "bearer",        nothing,              200, reply.tokens],
    revokeOtherSession:   ["DELETE /api/auth/tokens/:id",        "bearer",        request.otherToken,   204, reply.done],
    revokeOtherSessions:  ["DELETE /api/auth/tokens",            "bearer",        nothing,              200, reply.revoked],
    enrolTotp:            ["POST /api/auth/totp/enable",         "bearer",        request.enrolment,    200, reply.enrolled],
    confirmTotp:          ["POST /api/auth/totp/confirm",        "bearer",        request.code,         200, reply.recoveryCodes],
    disableTotp:          ["POST /api/auth/totp/disable",        "bearer",        request.disabling,    204, reply.done],
    replaceRecoveryCodes: ["POST /api/auth/totp/recovery-codes", "bearer",        request.code,         200, reply.recoveryCodes],
  },

  refusals: {
    registration_closed:      [403, "registration_closed",      "Registration is closed. Ask an administrator for an account."],
    address_taken:            [422, "",                         "The given data was invalid."],
    weak_password:            [422, "",                         "The given data was invalid."],
    invalid_credentials:      [401, "invalid_credentials",      "The e-mail address or the password is wrong."],
    challenge_invalid:        [401, "invalid_totp_token",       "The sign-in has expired or was used already. Start again."],
    second_factor_invalid:    [422, "invalid_code",             "The code is wrong or was used already."],
    second_factor_on:         [409, "totp_already_enabled",     "Two-factor authentication is on already."],
    session_current:          [422, "cannot_revoke_current",    "This is the token you are using. Log out instead."],
    session_unknown:          [404, "not_found",                "There is no such token."],
    session_of_another:       [404, "not_found",                "There is no such token."],
    unauthenticated:          [401, "",                         "Unauthenticated."],
    access_token_invalid:     [401, "",                         "Unauthenticated."],
    insufficient_scope:       [403, "insufficient_scope",       "This token may not do that."],
    password_change_required: [403, "password_change_required", "Change your password first."],
    invalid_request:          [422, "",                         "The given data was invalid."],
    unsupported_media_type:   [415, "unsupported_media_type",   "Send JSON with Content-Type: application/json."],
    body_too_large:           [413, "body_too_large",           "The request body is too large."],
    route_unknown:            [404, "not_found",                "There is nothing here."],
    method_not_allowed:       [405, "method_not_allowed",       "This path does not take that method."],
    rate_limited:             [429, "",                         "Too Many Attempts."],
    unavailable:              [503, "unavailable",              "Not possible right now. Try again in a moment."],
    internal:                 [500, "internal",                 "Something went wrong on our side."],
  },

  refuse: reply.refusal,
});
