import type { BarringReason, Input, Operation, ReasonOf } from "../../src/core/operations.ts";
import type { CallerReason, PolicyReason, UniversalReason } from "../../src/core/refused.ts";

/** What an operation itself can say no to: who may ask, and what any request can meet, is known. */
type OwnReason<Op extends Operation> = Exclude<
  ReasonOf<Op>,
  | Exclude<UniversalReason, "rate_limited">
  | (Input<Op> extends { caller: unknown } ? CallerReason : never)
  | Extract<BarringReason<Op>, PolicyReason>
>;

type Row<Op extends Operation> = readonly [summary: string, reasons: readonly OwnReason<Op>[]];
type Table = { readonly [Op in Operation]?: Row<Op> };
type Missing<T extends Table, Op extends keyof T & Operation> = Exclude<
  OwnReason<Op>,
  NonNullable<T[Op]>[1][number]
>;
/** What a table does not list, by operation. */
type Forgotten<T extends Table> = {
  [Op in keyof T & Operation as Missing<T, Op> extends never ? never : Op]: Missing<T, Op>;
};

/** A table that lists every reason of its operations: to forget one does not compile. */
function complete<const T extends Table>(
  table: T & (keyof Forgotten<T> extends never ? unknown : Forgotten<T>),
): Table {
  return table;
}

/** What each operation does, in words, and why it may refuse. */
// biome-ignore format: it reads as a table
const operations = complete({
  startSignIn:            ["Sign in with a password; with a second factor, its first step", ["invalid_credentials", "rate_limited"]],
  signIn:                 ["Sign in with a password, and with the second factor where there is one", ["invalid_credentials", "second_factor_required", "second_factor_invalid", "rate_limited"]],
  finishSignIn:           ["Give the second factor, by a code or a recovery code", ["challenge_invalid", "second_factor_invalid", "rate_limited"]],
  sendLoginCode:          ["Have a login code mailed; the answer is the same for every address", ["rate_limited"]],
  signInWithCode:         ["Sign in with a mailed code", ["login_code_invalid", "login_code_exhausted", "second_factor_required", "second_factor_invalid", "rate_limited"]],
  impersonate:            ["Act as another account, as an administrator", ["role_too_low", "target_unknown", "target_out_of_reach", "rate_limited"]],
  refresh:                ["Get the next pair of tokens for a refresh token, which is spent", ["refresh_token_invalid", "refresh_token_replayed", "rate_limited"]],
  signOut:                ["Sign out", ["unauthenticated", "access_token_invalid"]],
  signOutIfIn:            ["Sign out, whether signed in or not", []],

  register:               ["Create an account; the answer is the same for a taken address", ["registration_closed", "weak_password", "rate_limited"]],
  registerAndSignIn:      ["Create an account and sign in", ["registration_closed", "address_taken", "weak_password", "rate_limited"]],
  signUp:                 ["Create an account whose address was proved before", ["registration_closed", "address_unproved", "address_taken", "weak_password", "rate_limited"]],
  setupStatus:            ["Tell whether the tenant has users, or lets nobody register", ["rate_limited"]],
  setUp:                  ["Create the first account of a tenant, its superadmin", ["setup_complete", "registration_closed", "weak_password", "rate_limited"]],
  requestAddressProof:    ["Have a link mailed that proves an address; the answer is the same for every one", ["front_end_unknown", "rate_limited"]],
  proveAddress:           ["Prove an address with what was mailed", ["address_link_invalid", "rate_limited"]],
  verifyEmail:            ["Confirm an address with what was mailed", ["mailed_link_invalid", "rate_limited"]],
  requestPasswordReset:   ["Have a link mailed to set a new password; the answer is the same for every address", ["rate_limited"]],
  requestPasswordResetAt: ["Have a link to one's own site mailed to set a new password; the answer is the same for every address", ["front_end_unknown", "rate_limited"]],
  resetPassword:          ["Set a new password with what was mailed; every session ends", ["mailed_link_invalid", "weak_password", "rate_limited"]],
  replacePassword:        ["Set a new password with the old one; other sessions end", ["invalid_credentials", "second_factor_required", "second_factor_invalid", "password_unchanged", "weak_password", "rate_limited"]],
  changePassword:         ["Change the password; other sessions end", ["invalid_credentials", "weak_password", "password_unchanged", "rate_limited"]],
  setInitialPassword:     ["Set the first password of an account that has none", ["password_exists", "password_change_required", "weak_password", "rate_limited"]],

  currentAccount:         ["Read one's own account", []],
  updateProfile:          ["Change what one says about oneself", []],
  listSessions:           ["List the living sessions", ["session_of_another"]],
  revokeSession:          ["End a session", ["session_unknown", "session_of_another"]],
  revokeOtherSession:     ["End another session", ["session_current", "session_unknown"]],
  revokeOtherSessions:    ["End all other sessions", []],

  describeSecondFactor:   ["Tell whether a second factor is on", []],
  enrolTotp:              ["Begin to set up an authenticator app", ["invalid_credentials", "second_factor_on", "rate_limited"]],
  confirmTotp:            ["Turn the second factor on with a first code; the recovery codes are shown this once", ["second_factor_invalid", "rate_limited"]],
  disableTotp:            ["Turn the second factor off", ["invalid_credentials", "second_factor_invalid", "rate_limited"]],
  replaceRecoveryCodes:   ["Make new recovery codes; the old ones die", ["second_factor_invalid", "rate_limited"]],

  listKeys:               ["List one's API keys", []],
  createKey:              ["Make an API key, which is shown this once", ["too_many_keys", "rate_limited"]],
  deleteKey:              ["Delete an API key", ["key_unknown"]],
  listServiceKeys:        ["List the tenant's service keys, as an administrator", ["role_too_low"]],
  createServiceKey:       ["Make a service key, which is shown this once, as an administrator", ["role_too_low", "too_many_keys", "rate_limited"]],
  deleteServiceKey:       ["Delete a service key, as an administrator", ["role_too_low", "key_unknown"]],

  listFrontEnds:          ["List the sites that mailed links may lead to", ["rate_limited"]],

  startDeviceGrant:       ["Start a device grant (RFC 8628)", ["client_unknown", "scope_not_allowed", "rate_limited"]],
  redeemDeviceGrant:      ["Poll for the tokens of a device grant", ["authorization_pending", "slow_down", "polling_flooded", "access_denied", "expired_token", "invalid_grant"]],
  decideDeviceGrant:      ["Approve or deny a device by its user code", ["user_code_unknown", "user_code_expired", "user_code_decided", "scope_not_allowed", "place_differs", "rate_limited"]],

  authorizeDevice:        ["Start a device grant", ["client_unauthenticated", "grant_not_allowed", "scope_not_allowed", "resource_not_allowed", "rate_limited"]],
  watchDeviceGrant:       ["Wait for the person's decision on a WebSocket", ["invalid_grant", "polling_flooded"]],
  redeemDeviceCode:       ["Poll for the tokens of a device grant", ["client_unauthenticated", "grant_not_allowed", "authorization_pending", "slow_down", "polling_flooded", "access_denied", "expired_token", "invalid_grant", "scope_not_allowed", "resource_not_allowed", "rate_limited"]],
  redeemAuthorizationCode: ["Get tokens for a code", ["client_unauthenticated", "grant_not_allowed", "invalid_grant", "scope_not_allowed", "resource_not_allowed", "rate_limited"]],
  refreshForClient:       ["Get the next tokens for a refresh token", ["client_unauthenticated", "grant_not_allowed", "refresh_token_invalid", "refresh_token_replayed", "scope_not_allowed", "resource_not_allowed", "rate_limited"]],
  redeemClientCredentials: ["Get a token for the client itself", ["client_unauthenticated", "grant_not_allowed", "scope_not_allowed", "resource_not_allowed", "rate_limited"]],
  revokeToken:            ["End a token and its session", ["client_unauthenticated", "token_of_another", "rate_limited"]],
  introspect:             ["Tell what a token stands for, to a client with a secret", ["client_unauthenticated", "rate_limited"]],
  userInfo:               ["Tell who signed in", []],

  searchAccounts:         ["Search accounts by how their address begins", ["role_too_low"]],
  createAccount:          ["Make an account without a password, and invite its owner by mail", ["role_too_low", "sign_in_stale", "address_taken", "address_unproved", "target_out_of_reach", "rate_limited"]],
  describeAccount:        ["Read an account, and what it is signed in to with", ["role_too_low", "target_unknown"]],
  changeAccount:          ["Disable or enable an account; change its role, flags and name. Disabling and a higher role end its sessions; a higher role revokes its API keys too, and leaves its password", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach", "target_is_caller", "address_unproved", "last_superadmin"]],
  removeAccount:          ["Remove an account and everything that is its own, for good", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach", "target_is_caller", "last_superadmin"]],
  sendPasswordReset:      ["Have a link mailed to its owner to set a new password", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach", "target_disabled", "rate_limited"]],
  inviteAccount:          ["Have its owner invited by mail, for the first time or again", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach", "target_disabled", "rate_limited"]],
  listAccountSessions:    ["List an account's living sessions", ["role_too_low", "target_unknown"]],
  endAccountSessions:     ["Sign an account out everywhere", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach"]],
  removeAccountFactor:    ["Turn an account's second factor off; its sessions end", ["role_too_low", "sign_in_stale", "target_unknown", "target_out_of_reach", "target_is_caller"]],
  listAccountEvents:      ["List what happened to an account, the newest first", ["role_too_low", "target_unknown"]],
  listAccountKeys:        ["List an account's API keys", ["role_too_low", "target_unknown"]],
  listTenantKeys:         ["List the tenant's service keys", ["role_too_low"]],
  revokeKey:              ["Revoke an API key or a service key", ["role_too_low", "sign_in_stale", "key_unknown", "target_unknown", "target_out_of_reach"]],
  listTenants:            ["List the tenants", ["operator_only"]],
  describeTenant:         ["Read a tenant and its settings", ["operator_only", "tenant_unknown"]],
  createTenant:           ["Make a tenant without accounts", ["operator_only", "sign_in_stale", "tenant_taken"]],
  changeTenant:           ["Change a tenant's name, registration, looks and who its letters come from, which no client may", ["operator_only", "sign_in_stale", "tenant_unknown", "superadmin_missing", "person_only"]],
  listLetters:            ["List the letters in which a tenant says something in its own words", ["operator_only", "tenant_unknown"]],
  wordLetter:             ["Have a letter of a tenant say something in its own words, in place of all that it said so before. No client may", ["operator_only", "sign_in_stale", "tenant_unknown", "letter_unknown", "person_only"]],
  clearLetter:            ["Have a letter of a tenant say all in our words again. No client may", ["operator_only", "sign_in_stale", "tenant_unknown", "letter_unknown", "person_only"]],
  listTenantFrontEnds:    ["List the sites that a tenant's mailed links may lead to", ["operator_only", "tenant_unknown"]],
  allowFrontEnd:          ["Let a tenant's mailed links lead to a site, in place of the one that the alias named before. No client may", ["operator_only", "sign_in_stale", "tenant_unknown", "person_only"]],
  removeFrontEnd:         ["Let a tenant's mailed links lead to a site no more. No client may", ["operator_only", "sign_in_stale", "tenant_unknown", "front_end_unknown", "person_only"]],
  listClients:            ["List the OAuth clients", ["operator_only"]],
  describeClient:         ["Read an OAuth client", ["operator_only", "client_unknown"]],
  createClient:           ["Register an OAuth client; its secret is shown this once", ["operator_only", "sign_in_stale", "client_taken", "client_out_of_reach"]],
  changeClient:           ["Change a client's names, scopes and redirect URIs", ["operator_only", "sign_in_stale", "client_unknown", "client_out_of_reach"]],
  rotateClientSecret:     ["Give a client another secret, shown this once", ["operator_only", "sign_in_stale", "client_unknown", "client_public", "client_out_of_reach"]],
  removeClient:           ["Remove a client; what people opened for it ends", ["operator_only", "sign_in_stale", "client_unknown", "client_out_of_reach"]],
  listWebhooks:           ["List where events of the tenant are sent, and how that goes", ["operator_only"]],
  createWebhook:          ["Have events of the tenant sent to an address, signed; the secret is shown this once", ["operator_only", "sign_in_stale", "too_many_webhooks"]],
  rotateWebhookSecret:    ["Give a webhook another secret, shown this once; for a day the one before signs as well", ["operator_only", "sign_in_stale", "webhook_unknown"]],
  enableWebhook:          ["Have events sent again where that was turned off, or is left alone for a while", ["operator_only", "sign_in_stale", "webhook_unknown"]],
  removeWebhook:          ["Have no more events sent to an address", ["operator_only", "sign_in_stale", "webhook_unknown"]],
  listTenantEvents:       ["List what happened in the tenant, the newest first", ["role_too_low"]],
});

/** The row of an operation. Throws for one that nobody described. */
export function describedOperation(name: Operation) {
  const row = operations[name];
  if (!row) {
    throw new Error(`nobody says what ${name} does: add it to scripts/openapi/operations.ts`);
  }
  return row;
}
