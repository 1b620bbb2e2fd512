import { nothing } from "../request.ts";
import { surface } from "../surface.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";

/**
 * Planasonix: camelCase fields at top level, except that what a person sets for themselves is in
 * snake_case under `data`; a refusal is `{ error: { code, message } }` everywhere.
 */
// biome-ignore format: a contract reads as a table
export const planasonix = surface({
  terms,
  bases: ["/api"],
  keyHeader: "x-planasonix-api-key",

  routes: {
    startSignIn:          ["POST /api/login",                    "anyone without a key", request.credentials,       200, reply.signInStarted],
    finishSignIn:         ["POST /api/login/mfa",                "anyone without a key", request.secondFactor,      200, reply.session],
    refresh:              ["POST /api/auth/refresh",             "anyone without a key", request.refreshToken,      200, reply.tokens],
    register:             ["POST /api/register",                 "anyone without a key", request.registration,      201, reply.registered],
    requestPasswordReset: ["POST /api/forgot-password",          "anyone without a key", request.forgottenPassword, 200, reply.resetRequested],
    resetPassword:        ["POST /api/reset-password",           "anyone without a key", request.newPassword,       200, reply.passwordReset],
    verifyEmail:          ["POST /api/verify-email",             "anyone without a key", request.mailedToken,       200, reply.emailVerified],

    startDeviceGrant:     ["POST /api/v2/auth/device",           "anyone without a key", request.deviceStart,       200, reply.deviceStarted],
    redeemDeviceGrant:    ["POST /api/v2/auth/device/token",     "anyone without a key", request.devicePoll,        200, reply.session],
    decideDeviceGrant:    ["POST /api/v2/auth/device/authorize", "bearer or page",       request.deviceDecision,    200, reply.deviceDecided],

    currentAccount:       ["GET /api/user/profile",              "bearer or key",        nothing,                   200, reply.profile],
    updateProfile:        ["PUT /api/user/profile",              "bearer or key",        request.profile,           200, reply.profileUpdated],
    changePassword:       ["POST /api/user/password",            "bearer",               request.passwordChange,    204, reply.done],
    describeSecondFactor: ["GET /api/user/mfa",                  "bearer",               nothing,                   200, reply.secondFactor],
    enrolTotp:            ["POST /api/user/mfa/enable",          "bearer",               request.enrolment,         200, reply.enrolled],
    confirmTotp:          ["POST /api/user/mfa/verify",          "bearer",               request.confirmation,      200, reply.confirmed],
    disableTotp:          ["POST /api/user/mfa/disable",         "bearer",               request.disabling,         204, reply.done],
    listKeys:             ["GET /api/user/api-keys",             "bearer",               nothing,                   200, reply.keys],
    createKey:            ["POST /api/user/api-keys",            "bearer",               request.key,               201, reply.keyCreated],
    deleteKey:            ["DELETE /api/user/api-keys/:id",      "bearer",               request.keyId,             204, reply.done],
  },

  refusals: {
    invalid_credentials:      [401, "invalid_credentials",      "The e-mail address or the password is wrong."],
    challenge_invalid:        [401, "invalid_mfa_token",        "The sign-in has to be started again."],
    second_factor_invalid:    [401, "invalid_code",             "The code is wrong or was used already."],
    second_factor_on:         [409, "already_enabled",          "Two-factor authentication is on already."],
    refresh_token_invalid:    [401, "invalid_refresh_token",    "The refresh token is not valid. Sign in again."],
    refresh_token_replayed:   [401, "invalid_refresh_token",    "The refresh token is not valid. Sign in again."],
    registration_closed:      [403, "registration_disabled",    "Self-registration is turned off. Ask an administrator for an account."],
    weak_password:            [400, "weak_password",            "That password is too easy to guess."],
    password_unchanged:       [400, "weak_password",            "The new password is the old one. Choose another."],
    mailed_link_invalid:      [400, "invalid_token",            "The link is not valid any more. Ask for a new one."],
    client_unknown:           [401, "invalid_client",           "The client is not registered for device sign-in."],
    scope_not_allowed:        [400, "validation_error",         "The request is not valid."],
    authorization_pending:    [400, "authorization_pending",    "Nobody has decided yet. Keep polling."],
    slow_down:                [400, "slow_down",                "Too fast. Poll five seconds slower from now on."],
    polling_flooded:          [429, "slow_down",                "Too many polls with this code. Slow down."],
    access_denied:            [400, "access_denied",            "The request was denied."],
    expired_token:            [400, "expired_token",            "The device code has expired. Start again."],
    invalid_grant:            [400, "invalid_grant",            "The device code is not valid. Start again."],
    user_code_unknown:        [404, "invalid_user_code",        "No device is waiting under that code."],
    user_code_expired:        [400, "expired_token",            "The code has expired. Start again on the device."],
    user_code_decided:        [409, "already_used",             "That code was used already."],
    place_differs:            [403, "place_differs",            "This device has to be approved from the place it is in."],
    unauthenticated:          [401, "unauthorized",             "Send a valid access token as Bearer."],
    access_token_invalid:     [401, "unauthorized",             "Send a valid access token as Bearer."],
    insufficient_scope:       [403, "insufficient_scope",       "This credential may not do that."],
    password_change_required: [403, "password_change_required", "Change the password first."],
    key_unknown:              [404, "not_found",                "There is no such key."],
    too_many_keys:            [409, "too_many_keys",            "There are a hundred keys already. Delete one first."],
    cross_site:               [403, "cross_site_request",       "A page's session may be used from its own origin only."],
    invalid_request:          [400, "validation_error",         "The request is not valid."],
    unsupported_media_type:   [415, "unsupported_media_type",   "Send JSON with Content-Type: application/json."],
    body_too_large:           [413, "body_too_large",           "The request body is too large."],
    route_unknown:            [404, "not_found",                "There is nothing here."],
    method_not_allowed:       [405, "method_not_allowed",       "This path does not take that method."],
    rate_limited:             [429, "rate_limited",             "Too many attempts. Try again later."],
    unavailable:              [503, "unavailable",              "Not possible right now. Try again in a moment."],
    internal:                 [500, "internal",                 "Something went wrong on our side."],
  },

  refuse: reply.refusal,
});
