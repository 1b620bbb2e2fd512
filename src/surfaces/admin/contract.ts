import { surface } from "../surface.ts";
import * as letter from "./letter-requests.ts";
import * as operator from "./operator-requests.ts";
import * as reply from "./replies.ts";
import * as request from "./requests.ts";
import { terms } from "./terms.ts";
import * as webhook from "./webhook-requests.ts";

/**
 * The admin API: snake_case at top level, refusals in OAuth's form, the tenant in the query string. What it
 * does not know in a request it refuses.
 */
// biome-ignore format: a contract reads as a table
export const admin = surface({
  terms,
  bases: ["/admin"],
  tenantParameter: "tenant",
  neverInQuery: ["access_token"],
  namesOnce: true,

  routes: {
    searchAccounts:      ["GET /admin/accounts",                            "administrator", request.accountSearch,   200, reply.accounts],
    createAccount:       ["POST /admin/accounts",                           "administrator", request.newAccount,      201, reply.account],
    describeAccount:     ["GET /admin/accounts/:accountId",                 "administrator", request.oneAccount,      200, reply.accountInFull],
    changeAccount:       ["PATCH /admin/accounts/:accountId",               "administrator", request.accountChange,   200, reply.changedAccount],
    removeAccount:       ["DELETE /admin/accounts/:accountId",              "administrator", request.oneAccount,      204, reply.done],
    sendPasswordReset:   ["POST /admin/accounts/:accountId/password-reset", "administrator", request.oneAccount,      204, reply.done],
    inviteAccount:       ["POST /admin/accounts/:accountId/invitation",     "administrator", request.oneAccount,      204, reply.done],
    listAccountSessions: ["GET /admin/accounts/:accountId/sessions",        "administrator", request.accountSessions, 200, reply.sessions],
    endAccountSessions:  ["DELETE /admin/accounts/:accountId/sessions",     "administrator", request.oneAccount,      200, reply.ended],
    removeAccountFactor: ["DELETE /admin/accounts/:accountId/second-factor", "administrator", request.oneAccount,     204, reply.done],
    listAccountEvents:   ["GET /admin/accounts/:accountId/events",          "administrator", request.accountEvents,   200, reply.events],
    listAccountKeys:     ["GET /admin/accounts/:accountId/keys",            "administrator", request.oneAccount,      200, reply.keys],

    listTenantKeys:      ["GET /admin/keys",                                "administrator", request.ofTenant,        200, reply.keys],
    revokeKey:           ["DELETE /admin/keys/:keyId",                      "administrator", request.oneKey,          204, reply.done],

    listTenantEvents:    ["GET /admin/events",                              "administrator", request.tenantEvents,    200, reply.events],

    listTenants:         ["GET /admin/tenants",                             "administrator", operator.list,           200, reply.tenants],
    createTenant:        ["POST /admin/tenants",                            "administrator", operator.newTenant,      201, reply.tenant],
    describeTenant:      ["GET /admin/tenants/:slug",                       "administrator", operator.oneTenant,      200, reply.tenant],
    changeTenant:        ["PATCH /admin/tenants/:slug",                     "administrator", operator.tenantChange,   200, reply.tenant],
    listLetters:         ["GET /admin/tenants/:slug/letters",               "administrator", operator.oneTenant,      200, reply.letters],
    wordLetter:          ["PUT /admin/tenants/:slug/letters/:kind/:language", "administrator", letter.letterTexts,    200, reply.letter],
    clearLetter:         ["DELETE /admin/tenants/:slug/letters/:kind/:language", "administrator", letter.oneLetter,   204, reply.done],

    listTenantFrontEnds: ["GET /admin/tenants/:slug/front-ends",            "administrator", operator.oneTenant,      200, reply.frontEnds],
    allowFrontEnd:       ["PUT /admin/tenants/:slug/front-ends/:alias",     "administrator", operator.frontEnd,       200, reply.frontEnd],
    removeFrontEnd:      ["DELETE /admin/tenants/:slug/front-ends/:alias",  "administrator", operator.oneFrontEnd,    204, reply.done],

    listClients:         ["GET /admin/clients",                             "administrator", operator.list,           200, reply.clients],
    createClient:        ["POST /admin/clients",                            "administrator", operator.newClient,      201, reply.clientWithSecret],
    describeClient:      ["GET /admin/clients/:client"  ,                   "administrator", operator.oneClient,      200, reply.client],
    changeClient:        ["PATCH /admin/clients/:client"  ,                 "administrator", operator.clientChange,   200, reply.client],
    rotateClientSecret:  ["POST /admin/clients/:client/secret"  ,           "administrator", operator.oneClient,      200, reply.clientWithSecret],
    removeClient:        ["DELETE /admin/clients/:client"  ,                "administrator", operator.oneClient,      204, reply.done],

    listWebhooks:        ["GET /admin/webhooks",                            "administrator", operator.list,           200, reply.webhooks],
    createWebhook:       ["POST /admin/webhooks",                           "administrator", webhook.newWebhook,      201, reply.webhookWithSecret],
    rotateWebhookSecret: ["POST /admin/webhooks/:webhookId/secret",         "administrator", webhook.webhookSecret,   200, reply.webhookWithSecret],
    enableWebhook:       ["POST /admin/webhooks/:webhookId/enable",         "administrator", webhook.webhookEnabling, 200, reply.webhook],
    removeWebhook:       ["DELETE /admin/webhooks/:webhookId",              "administrator", webhook.oneWebhook,      204, reply.done],
  },

  // The names are public, in `reason`: programs go by them.
  refusals: {
    unauthenticated:          [401, "invalid_token",           "Send an access token as Bearer."],
    access_token_invalid:     [401, "invalid_token",           "The access token is not valid."],
    password_change_required: [401, "invalid_token",           "The account has to change its password first."],
    sign_in_stale:            [401, "insufficient_user_authentication", "Sign in again: this takes a sign-in of the last ten minutes."],
    insufficient_scope:       [403, "insufficient_scope",      "The access token may not do that."],
    role_too_low:             [403, "insufficient_scope",      "Only an administrator may do that."],
    operator_only:            [403, "insufficient_scope",      "Only a superadmin of the default tenant may do that."],
    target_out_of_reach:      [403, "access_denied",           "That takes a higher role."],
    client_out_of_reach:      [403, "access_denied",           "The client has, or would get, scopes of this API that you lack, or is first-party, which is for people alone."],
    person_only:              [403, "access_denied",           "No client may do that, whatever its scopes: it is for people alone."],
    target_is_caller:         [409, "conflict",                "You may not do that to your own account."],
    last_superadmin:          [409, "conflict",                "The tenant would be left without a superadmin who can sign in."],
    target_disabled:          [409, "conflict",                "The account is disabled. Enable it first."],
    address_taken:            [409, "conflict",                "The address is taken."],
    address_unproved:         [409, "conflict",                "The address is not proved: it may be a stranger's, and gets no power. Its owner proves it by the link in a mail or an invitation; whoever makes the account may say that it is theirs (`email_verified`)."],
    client_taken:             [409, "conflict",                "There is a client of that id, or was one until two minutes ago."],
    client_public:            [409, "conflict",                "The client is public: it has no secret."],
    superadmin_missing:       [409, "conflict",                "The tenant has no superadmin: whoever registered first would be it. Make one, then open it."],
    tenant_taken:             [409, "conflict",                "There is a tenant of that slug."],
    too_many_webhooks:        [409, "conflict",                "The tenant has twenty webhooks already. Remove one first."],
    target_unknown:           [404, "not_found",               "There is no such account."],
    key_unknown:              [404, "not_found",               "There is no such key."],
    client_unknown:           [404, "not_found",               "There is no such client."],
    tenant_unknown:           [404, "not_found",               "There is no such tenant."],
    letter_unknown:           [404, "not_found",               "There is no such letter, or not in that language."],
    front_end_unknown:        [404, "not_found",               "There is no such front end."],
    webhook_unknown:          [404, "not_found",               "There is no such webhook."],
    route_unknown:            [404, "not_found",               "There is nothing here."],
    method_not_allowed:       [405, "invalid_request",         "This path does not take that method."],
    invalid_request:          [400, "invalid_request",         "The request is not valid."],
    unsupported_media_type:   [415, "invalid_request",         "Send JSON with Content-Type: application/json."],
    body_too_large:           [413, "invalid_request",         "The request body is too large."],
    rate_limited:             [429, "temporarily_unavailable", "Too many requests. Try again later."],
    unavailable:              [503, "temporarily_unavailable", "Not possible right now. Try again in a moment."],
    internal:                 [500, "server_error",            "Something went wrong on our side."],
  },

  refuse: reply.refusal,
});
