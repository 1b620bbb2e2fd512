import { changePassword } from "./account/change-password.ts";
import { confirmEmailChange } from "./account/confirm-email-change.ts";
import { currentAccount } from "./account/current-account.ts";
import { describeEmailChange } from "./account/describe-email-change.ts";
import { describeSignInMeans } from "./account/describe-sign-in-means.ts";
import { proveAddress } from "./account/prove-address.ts";
import { register } from "./account/register.ts";
import { replacePassword } from "./account/replace-password.ts";
import { requestAddressProof } from "./account/request-address-proof.ts";
import { requestEmailChange } from "./account/request-email-change.ts";
import { requestPasswordReset } from "./account/request-password-reset.ts";
import { requestPasswordResetAt } from "./account/request-password-reset-at.ts";
import { resendVerification } from "./account/resend-verification.ts";
import { resetPassword } from "./account/reset-password.ts";
import { secureAccount } from "./account/secure-account.ts";
import { setInitialPassword } from "./account/set-initial-password.ts";
import { signUp } from "./account/sign-up.ts";
import { updateProfile } from "./account/update-profile.ts";
import { verifyEmail } from "./account/verify-email.ts";
import type { AdminCaller } from "./admin/admin-caller.ts";
import { allowFrontEnd } from "./admin/allow-front-end.ts";
import { changeAccount } from "./admin/change-account.ts";
import { changeClient } from "./admin/change-client.ts";
import { changeTenant } from "./admin/change-tenant.ts";
import { clearLetter } from "./admin/clear-letter.ts";
import { createAccount } from "./admin/create-account.ts";
import { createClient } from "./admin/create-client.ts";
import { createTenant } from "./admin/create-tenant.ts";
import { createWebhook } from "./admin/create-webhook.ts";
import { describeAccount } from "./admin/describe-account.ts";
import { describeClient } from "./admin/describe-client.ts";
import { describeTenant } from "./admin/describe-tenant.ts";
import { enableWebhook } from "./admin/enable-webhook.ts";
import { endAccountSessions } from "./admin/end-account-sessions.ts";
import { inviteAccount } from "./admin/invite-account.ts";
import { listAccountEvents } from "./admin/list-account-events.ts";
import { listAccountKeys } from "./admin/list-account-keys.ts";
import { listAccountSessions } from "./admin/list-account-sessions.ts";
import { listClients } from "./admin/list-clients.ts";
import { listLetters } from "./admin/list-letters.ts";
import { listTenantEvents } from "./admin/list-tenant-events.ts";
import { listTenantFrontEnds } from "./admin/list-tenant-front-ends.ts";
import { listTenantKeys } from "./admin/list-tenant-keys.ts";
import { listTenants } from "./admin/list-tenants.ts";
import { listWebhooks } from "./admin/list-webhooks.ts";
import { removeAccount } from "./admin/remove-account.ts";
import { removeAccountFactor } from "./admin/remove-account-factor.ts";
import { removeClient } from "./admin/remove-client.ts";
import { removeFrontEnd } from "./admin/remove-front-end.ts";
import { removeWebhook } from "./admin/remove-webhook.ts";
import { revokeKey } from "./admin/revoke-key.ts";
import { rotateClientSecret } from "./admin/rotate-client-secret.ts";
import { rotateWebhookSecret } from "./admin/rotate-webhook-secret.ts";
import { searchAccounts } from "./admin/search-accounts.ts";
import { sendPasswordReset } from "./admin/send-password-reset.ts";
import { wordLetter } from "./admin/word-letter.ts";
import { listEvents } from "./audit/list-events.ts";
import type { Caller } from "./caller/caller.ts";
import { decideDeviceGrant } from "./device/decide-device-grant.ts";
import { describeDeviceGrant } from "./device/describe-device-grant.ts";
import { redeemDeviceGrant } from "./device/redeem-device-grant.ts";
import { startDeviceGrant } from "./device/start-device-grant.ts";
import { createKey } from "./key/create-key.ts";
import { createServiceKey } from "./key/create-service-key.ts";
import { deleteKey } from "./key/delete-key.ts";
import { deleteServiceKey } from "./key/delete-service-key.ts";
import type { KeyCaller } from "./key/key.ts";
import { listKeys } from "./key/list-keys.ts";
import { listServiceKeys } from "./key/list-service-keys.ts";
import { authorizeDevice } from "./oauth/authorize-device.ts";
import { considerAuthorization } from "./oauth/consider-authorization.ts";
import { findRedirect } from "./oauth/find-redirect.ts";
import { grantAuthorization } from "./oauth/grant-authorization.ts";
import { introspect } from "./oauth/introspect.ts";
import { redeemAuthorizationCode } from "./oauth/redeem-authorization-code.ts";
import { redeemClientCredentials } from "./oauth/redeem-client-credentials.ts";
import { redeemDeviceCode } from "./oauth/redeem-device-code.ts";
import { refreshForClient } from "./oauth/refresh-for-client.ts";
import { revokeToken } from "./oauth/revoke-token.ts";
import { userInfo } from "./oauth/user-info.ts";
import { watchDeviceGrant } from "./oauth/watch-device-grant.ts";
import { addPasskey } from "./passkey/add-passkey.ts";
import { listPasskeys } from "./passkey/list-passkeys.ts";
import { removePasskey } from "./passkey/remove-passkey.ts";
import { renamePasskey } from "./passkey/rename-passkey.ts";
import { startPasskeyRegistration } from "./passkey/start-passkey-registration.ts";
import { startPasskeySignIn } from "./passkey/start-passkey-sign-in.ts";
import type { CallerReason, Refused } from "./refused.ts";
import { confirmTotp } from "./second-factor/confirm-totp.ts";
import { describeSecondFactor } from "./second-factor/describe-second-factor.ts";
import { disableTotp } from "./second-factor/disable-totp.ts";
import { enrolTotp } from "./second-factor/enrol-totp.ts";
import { replaceRecoveryCodes } from "./second-factor/replace-recovery-codes.ts";
import { finishSignIn } from "./session/finish-sign-in.ts";
import { impersonate } from "./session/impersonate.ts";
import { listSessions } from "./session/list-sessions.ts";
import { offerPasskey } from "./session/offer-passkey.ts";
import { refresh } from "./session/refresh.ts";
import { registerAndSignIn } from "./session/register-and-sign-in.ts";
import { renameSession } from "./session/rename-session.ts";
import { revokeOtherSession } from "./session/revoke-other-session.ts";
import { revokeOtherSessions } from "./session/revoke-other-sessions.ts";
import { revokeSession } from "./session/revoke-session.ts";
import { sendLoginCode } from "./session/send-login-code.ts";
import { setUp } from "./session/set-up.ts";
import { signIn } from "./session/sign-in.ts";
import { signInWithCode } from "./session/sign-in-with-code.ts";
import { signInWithPasskey } from "./session/sign-in-with-passkey.ts";
import { signOut, signOutIfIn } from "./session/sign-out.ts";
import { startSignIn } from "./session/start-sign-in.ts";
import { listFrontEnds } from "./tenant/list-front-ends.ts";
import { setupStatus } from "./tenant/setup-status.ts";

/** What the service does. How a client asks for it is a surface's business. */
export const operations = {
  register,
  registerAndSignIn,
  signUp,
  setupStatus,
  setUp,
  requestAddressProof,
  proveAddress,
  verifyEmail,
  resendVerification,
  requestPasswordReset,
  requestPasswordResetAt,
  resetPassword,
  currentAccount,
  updateProfile,
  changePassword,
  replacePassword,
  setInitialPassword,
  requestEmailChange,
  describeEmailChange,
  confirmEmailChange,
  secureAccount,
  describeSignInMeans,
  listEvents,

  signIn,
  startSignIn,
  finishSignIn,
  sendLoginCode,
  signInWithCode,
  impersonate,
  refresh,
  signOut,
  signOutIfIn,
  listSessions,
  renameSession,
  revokeSession,
  revokeOtherSession,
  revokeOtherSessions,

  describeSecondFactor,
  enrolTotp,
  confirmTotp,
  disableTotp,
  replaceRecoveryCodes,

  startPasskeySignIn,
  signInWithPasskey,
  offerPasskey,
  listPasskeys,
  startPasskeyRegistration,
  addPasskey,
  renamePasskey,
  removePasskey,

  listKeys,
  createKey,
  deleteKey,
  listServiceKeys,
  createServiceKey,
  deleteServiceKey,

  listFrontEnds,

  startDeviceGrant,
  describeDeviceGrant,
  decideDeviceGrant,
  redeemDeviceGrant,

  authorizeDevice,
  watchDeviceGrant,
  findRedirect,
  considerAuthorization,
  grantAuthorization,
  redeemDeviceCode,
  redeemAuthorizationCode,
  refreshForClient,
  redeemClientCredentials,
  revokeToken,
  introspect,
  userInfo,

  searchAccounts,
  describeAccount,
  createAccount,
  changeAccount,
  removeAccount,
  sendPasswordReset,
  inviteAccount,
  listAccountSessions,
  endAccountSessions,
  removeAccountFactor,
  listAccountEvents,
  listAccountKeys,
  listTenantKeys,
  revokeKey,
  listTenants,
  describeTenant,
  createTenant,
  changeTenant,
  listLetters,
  wordLetter,
  clearLetter,
  listTenantFrontEnds,
  allowFrontEnd,
  removeFrontEnd,
  listClients,
  describeClient,
  createClient,
  changeClient,
  rotateClientSecret,
  removeClient,
  listWebhooks,
  createWebhook,
  rotateWebhookSecret,
  enableWebhook,
  removeWebhook,
  listTenantEvents,
};

type Operations = typeof operations;
type Returned<Op extends Operation> = Awaited<ReturnType<Operations[Op]>>;

export type Operation = keyof Operations;
export type Input<Op extends Operation> = Parameters<Operations[Op]>[1];
export type Output<Op extends Operation> = Exclude<Returned<Op>, Refused>;

/**
 * Whom an operation serves, and how they may prove who they are: by an access token as Bearer and,
 * where a row says so, by a key or by the cookie of a page or of a contract. An administrator may be a
 * client too, by a token of its own. "If any": who sends
 * nothing is served too. "Unread": the token's signature is enough, its session is not looked up.
 */
export type Audience<Op extends Operation> = Op extends Operation
  ? Input<Op> extends { caller: infer C }
    ? C extends AdminCaller
      ? "administrator"
      : null extends C
        ? "bearer if any"
        :
            | "bearer"
            | "bearer or page"
            | "bearer or cookie"
            | (KeyCaller extends C ? "bearer or key" : never)
    : Input<Op> extends { sessionId: string | null }
      ? "bearer unread" | "bearer or cookie unread"
      : "anyone" | "anyone without a key" | "same origin"
  : never;

type Guarded<Op extends Operation> =
  Input<Op> extends { caller: Caller | KeyCaller | AdminCaller | null } ? true : false;

/** The reasons an operation can give for saying no, or that stand before it. */
export type ReasonOf<Op extends Operation> = Op extends Operation
  ? ReasonReturned<Returned<Op>> | (Guarded<Op> extends true ? CallerReason : never)
  : never;

/** Those of them that have to do with who asks alone, and not with what for. */
export type BarringReason<Op extends Operation> = Operations[Op] extends {
  refuseCaller(caller: never): infer Barred;
}
  ? ReasonReturned<Barred>
  : never;

type ReasonReturned<T> = T extends Refused<infer R> ? R : never;
