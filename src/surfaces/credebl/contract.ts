import { nothing } from "../request.ts";
import { surface } from "../surface.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";

/** CREDEBL: `{statusCode, message, data?}` around every answer, token data in OAuth's spelling. */
// biome-ignore format: a contract reads as a table
export const credebl = surface({
  terms,
  bases: ["/auth", "/v1/auth"],

  routes: {
    signIn:                 ["POST /auth/signin",                "anyone",        request.credentials,       200, reply.signedIn],
    refresh:                ["POST /auth/refresh-token",         "anyone",        request.refreshToken,      200, reply.refreshed],
    signOut:                ["POST /auth/signout",               "bearer unread", request.leaving,           200, reply.signedOut],
    requestPasswordResetAt: ["POST /auth/forgot-password",       "anyone",        request.forgottenPassword, 200, reply.resetRequested],
    resetPassword:          ["POST /auth/password-reset/:email", "anyone",        request.newPassword,       200, reply.passwordReset],
    replacePassword:        ["POST /auth/reset-password",        "bearer if any", request.replacedPassword,  200, reply.passwordReplaced],
    listSessions:           ["GET /auth/:userId/sessions",       "bearer",        request.ofUser,            200, reply.sessionList],
    revokeSession:          ["DELETE /auth/:sessionId/sessions", "bearer",        request.ofSession,         200, reply.sessionRevoked],
    listFrontEnds:          ["GET /auth/clientAliases",          "anyone",        nothing,                   200, reply.frontEndList],
    requestAddressProof:    ["POST /auth/verification-mail",     "anyone",        request.unprovedAddress,   201, reply.proofRequested],
    proveAddress:           ["GET /auth/verify",                 "anyone",        request.mailedCode,        200, reply.addressProved],
    signUp:                 ["POST /auth/signup",                "anyone",        request.registration,      201, reply.signedUp],
  },

  refusals: {
    invalid_credentials:      [401, "Unauthorized",           "Invalid credentials"],
    second_factor_required:   [401, "Unauthorized",           "Two-factor code required"],
    second_factor_invalid:    [401, "Unauthorized",           "Invalid two-factor code"],
    refresh_token_invalid:    [401, "Unauthorized",           "Invalid refresh token"],
    refresh_token_replayed:   [401, "Unauthorized",           "Invalid refresh token"],
    unauthenticated:          [401, "Unauthorized",           "Unauthorized"],
    access_token_invalid:     [401, "Unauthorized",           "Unauthorized"],
    insufficient_scope:       [403, "Forbidden",              "This credential may not do that"],
    password_change_required: [403, "Forbidden",              "Change your password first"],
    front_end_unknown:        [400, "Bad Request",            "The client alias or endpoint is not registered"],
    mailed_link_invalid:      [400, "Bad Request",            "Invalid or expired reset password link"],
    address_link_invalid:     [400, "Bad Request",            "Invalid or expired verification code"],
    password_unchanged:       [400, "Bad Request",            "The new password must not be the old one"],
    weak_password:            [400, "Bad Request",            "That password is too easy to guess"],
    registration_closed:      [403, "Forbidden",              "Registration is closed. Ask an administrator for an account."],
    address_unproved:         [404, "Not Found",              "Email is not verified"],
    address_taken:            [409, "Conflict",               "User already exists"],
    session_of_another:       [403, "Forbidden",              "That session belongs to another user"],
    session_unknown:          [404, "Not Found",              "Session not found"],
    invalid_request:          [400, "Bad Request",            "The request is not valid"],
    unsupported_media_type:   [415, "Unsupported Media Type", "Send JSON with Content-Type: application/json"],
    body_too_large:           [413, "Content Too Large",      "The request body is too large"],
    route_unknown:            [404, "Not Found",              "There is nothing here"],
    method_not_allowed:       [405, "Method Not Allowed",     "This path does not take that method"],
    rate_limited:             [429, "Too Many Requests",      "Too many attempts, try again later"],
    unavailable:              [503, "Service Unavailable",    "Not possible right now, try again in a moment"],
    internal:                 [500, "Internal Server Error",  "Something went wrong on our side"],
  },

  refuse: reply.refusal,
});
