import { nothing } from "../request.ts";
import { surface } from "../surface.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";

/** Launcher: snake_case in a `{ success, data }` envelope, for each tenant under its own name. */
// biome-ignore format: a contract reads as a table
export const lnchr = surface({
  terms,
  bases: ["/api/v1", "/:tenant/api/v1"],
  headers: { "x-plane-version": "1.0.0" },
  keyHeader: "x-lnchr-key",

  routes: {
    setupStatus:        ["GET /api/v1/auth/setup-status",             "anyone",        nothing,                   200, reply.setupStatus],
    setUp:              ["POST /api/v1/auth/register",                "anyone",        request.firstRegistration, 201, reply.session],
    signIn:             ["POST /api/v1/auth/login",                   "anyone",        request.credentials,       200, reply.session],
    signOutIfIn:        ["POST /api/v1/auth/logout",                  "bearer unread", nothing,                   204, reply.done],
    sendLoginCode:      ["POST /api/v1/auth/send-code",               "anyone",        request.codeOrder,         200, reply.codeSent],
    signInWithCode:     ["POST /api/v1/auth/verify-code",             "anyone",        request.mailedCode,        200, reply.session],
    currentAccount:     ["GET /api/v1/auth/me",                       "bearer",        nothing,                   200, reply.user],
    updateProfile:      ["PUT /api/v1/auth/me",                       "bearer",        request.names,             200, reply.user],
    changePassword:     ["PUT /api/v1/auth/me/password",              "bearer",        request.changedPassword,   204, reply.done],
    setInitialPassword: ["POST /api/v1/auth/me/set-initial-password", "bearer",        request.initialPassword,   204, reply.done],
    listServiceKeys:    ["GET /api/v1/settings/service-keys",         "bearer",        nothing,                   200, reply.serviceKeys],
    createServiceKey:   ["POST /api/v1/settings/service-keys",        "bearer",        request.newServiceKey,     201, reply.createdServiceKey],
    deleteServiceKey:   ["DELETE /api/v1/settings/service-keys/:id",  "bearer",        request.serviceKey,        204, reply.done],
  },

  refusals: {
    setup_complete:           [409, "CONFLICT",               "This tenant is set up already. Sign in instead."],
    registration_closed:      [403, "FORBIDDEN",              "Registration is closed. Ask an administrator for an account."],
    invalid_credentials:      [401, "UNAUTHORIZED",           "The e-mail address or the password is wrong."],
    second_factor_required:   [401, "TWO_FACTOR_REQUIRED",    "Send totp_code or recovery_code as well."],
    second_factor_invalid:    [401, "UNAUTHORIZED",           "The second factor is wrong or was used already."],
    login_code_invalid:       [401, "UNAUTHORIZED",           "The code is wrong, expired or used already."],
    login_code_exhausted:     [429, "TOO_MANY_REQUESTS",      "Too many wrong codes. Ask for a new one."],
    weak_password:            [400, "BAD_REQUEST",            "The password is too easy to guess."],
    password_unchanged:       [400, "BAD_REQUEST",            "The new password is the old one."],
    password_exists:          [409, "CONFLICT",               "The account has a password. Change it instead."],
    password_change_required: [403, "FORBIDDEN",              "Change your password first."],
    role_too_low:             [403, "FORBIDDEN",              "Only an administrator may do that."],
    insufficient_scope:       [403, "FORBIDDEN",              "This credential may not do that."],
    key_unknown:              [404, "NOT_FOUND",              "There is no such service key."],
    too_many_keys:            [409, "CONFLICT",               "There are a hundred service keys already. Delete one first."],
    unauthenticated:          [401, "UNAUTHORIZED",           "Send a valid token as Bearer."],
    access_token_invalid:     [401, "UNAUTHORIZED",           "Send a valid token as Bearer."],
    invalid_request:          [400, "BAD_REQUEST",            "The request is not valid."],
    unsupported_media_type:   [415, "UNSUPPORTED_MEDIA_TYPE", "Send JSON with Content-Type: application/json."],
    body_too_large:           [413, "PAYLOAD_TOO_LARGE",      "The request body is too large."],
    route_unknown:            [404, "NOT_FOUND",              "There is nothing here."],
    method_not_allowed:       [405, "METHOD_NOT_ALLOWED",     "This path does not take that method."],
    rate_limited:             [429, "TOO_MANY_REQUESTS",      "Too many attempts. Try again later."],
    unavailable:              [503, "SERVICE_UNAVAILABLE",    "Not possible right now. Try again in a moment."],
    internal:                 [500, "INTERNAL_ERROR",         "Something went wrong on our side."],
  },

  refuse: reply.refusal,
});
