import type { Account } from "../../core/account/account.ts";
import type { ResetRequested } from "../../core/account/request-password-reset-at.ts";
import type { Refused } from "../../core/refused.ts";
import { promisedRefreshToken, type Tokens } from "../../core/session/issue-tokens.ts";
import type { SessionInList } from "../../core/session/list-sessions.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { FrontEnd } from "../../core/tenant/front-end.ts";
import type { Showing, Wording } from "../surface.ts";
import type * as shape from "./shapes.ts";

export function signedIn({ tokens }: SignedIn): Showing<typeof shape.signedIn> {
  return success("User logged in successfully", pair(tokens));
}

export function refreshed(tokens: Tokens): Showing<typeof shape.refreshed> {
  return success("Token refreshed successfully", pair(tokens));
}

export function signedOut(): Showing<typeof shape.signedOut> {
  return done("User logout successfully");
}

/** The answer for every address. Its id is the request's: an account's would tell that there is one. */
export function resetRequested({
  requestId,
  email,
}: ResetRequested): Showing<typeof shape.resetRequested> {
  const message = "Reset password link has been sent to your mail";
  return success(message, { id: requestId, email });
}

export function passwordReset({
  account: { id, email },
}: {
  account: Account;
}): Showing<typeof shape.passwordReset> {
  return success("Password reset successfully", { id, email });
}

export function passwordReplaced(account: {
  accountId: string;
  email: string;
}): Showing<typeof shape.passwordReplaced> {
  const { accountId, email } = account;
  return success("Password reset successfully", { id: accountId, email });
}

export function sessionList({
  sessions,
}: {
  sessions: readonly SessionInList[];
}): Showing<typeof shape.sessionList> {
  return success("User sessions fetched successfully", sessions.map(session));
}

export function sessionRevoked(): Showing<typeof shape.sessionRevoked> {
  return done("Session deleted successfully");
}

export function frontEndList({
  frontEnds,
}: {
  frontEnds: readonly FrontEnd[];
}): Showing<typeof shape.frontEndList> {
  return success("Client aliases fetched successfully", frontEnds.map(frontEnd));
}

export function proofRequested(): Showing<typeof shape.proofRequested> {
  return { body: { statusCode: 201, message: "Verification code sent successfully" } };
}

export function addressProved(): Showing<typeof shape.addressProved> {
  return done("Email verified successfully");
}

export function signedUp({ accountId }: { accountId: string }): Showing<typeof shape.signedUp> {
  const message = "User registered successfully";
  return { body: { statusCode: 201, message, data: { userId: accountId } } };
}

/** `{statusCode, message, error}`; where fields are to blame, the message is a text for each. */
export function refusal(
  [statusCode, error, message]: Wording,
  { fields }: Refused,
): Showing<typeof shape.refusal> {
  const problems = fields.map(({ field, issue }) => `${field} ${issue}`);
  return { body: { statusCode, message: fields.length > 0 ? problems : message, error } };
}

function done(message: string) {
  return { body: { statusCode: 200 as const, message } };
}

function success<T extends object>(message: string, data: T) {
  return { body: { statusCode: 200 as const, message, data } };
}

function pair(tokens: Tokens) {
  return {
    access_token: tokens.access,
    refresh_token: promisedRefreshToken(tokens),
    token_type: "Bearer" as const,
    expires_in: tokens.accessLifetimeSeconds,
    scope: "email profile" as const,
    sessionId: tokens.sessionId,
  };
}

function session({ id, accountId, expiresAt, createdAt, ...where }: SessionInList) {
  const { client, userAgent, address } = where;
  const clientInfo = JSON.stringify({
    browser: client.browser,
    os: client.os,
    deviceType: client.deviceType,
    rawDetail: userAgent ?? "",
    ip: address,
  });
  return {
    id,
    userId: accountId,
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
    clientInfo,
    sessionType: "user-session" as const,
  };
}

function frontEnd({ id, alias, url, createdAt, changedAt }: FrontEnd) {
  return {
    id,
    clientAlias: alias,
    clientUrl: url,
    createDateTime: createdAt.toISOString(),
    lastChangedDateTime: changedAt.toISOString(),
  };
}
