import type { Account } from "../../core/account/account.ts";
import type { ResetRequested } from "../../core/account/request-password-reset-at.ts";
import type { Refused } from "../../core/refused.ts";
import type { Tokens } from "../../core/session/issue-tokens.ts";
import type { SessionInList } from "../../core/session/list-sessions.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { FrontEnd } from "../../core/tenant/front-end.ts";
import type { Reply, Wording } from "../surface.ts";

export function signedIn({ tokens }: SignedIn): Reply {
  return success("User logged in successfully", pair(tokens));
}

export function refreshed(tokens: Tokens): Reply {
  return success("Token refreshed successfully", pair(tokens));
}

export function signedOut(): Reply {
  return success("User logout successfully");
}

/** The answer for every address. Its id is the request's: an account's would tell that there is one. */
export function resetRequested({ requestId, email }: ResetRequested): Reply {
  const message = "Reset password link has been sent to your mail";
  return success(message, { id: requestId, email });
}

export function passwordReset({ id, email }: Account): Reply {
  return success("Password reset successfully", { id, email });
}

export function passwordReplaced(account: { accountId: string; email: string }): Reply {
  const { accountId, email } = account;
  return success("Password reset successfully", { id: accountId, email });
}

export function sessionList({ sessions }: { sessions: readonly SessionInList[] }): Reply {
  return success("User sessions fetched successfully", sessions.map(session));
}

export function sessionRevoked(): Reply {
  return success("Session deleted successfully");
}

export function frontEndList({ frontEnds }: { frontEnds: readonly FrontEnd[] }): Reply {
  return success("Client aliases fetched successfully", frontEnds.map(frontEnd));
}

export function proofRequested(): Reply {
  return { body: { statusCode: 201, message: "Verification code sent successfully" } };
}

export function addressProved(): Reply {
  return success("Email verified successfully");
}

export function signedUp({ accountId }: { accountId: string }): Reply {
  const message = "User registered successfully";
  return { body: { statusCode: 201, message, data: { userId: accountId } } };
}

/** `{statusCode, message, error}`; where fields are to blame, the message is a text for each. */
export function refusal([statusCode, error, message]: Wording, { fields }: Refused): Reply {
  const problems = fields.map(({ field, issue }) => `${field} ${issue}`);
  return { body: { statusCode, message: fields.length > 0 ? problems : message, error } };
}

function success(message: string, data?: object): Reply {
  return { body: { statusCode: 200, message, ...(data && { data }) } };
}

function pair({ access, accessLifetimeSeconds, refresh, sessionId }: Tokens) {
  return {
    access_token: access,
    refresh_token: refresh,
    token_type: "Bearer",
    expires_in: accessLifetimeSeconds,
    scope: "email profile",
    sessionId,
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
  return { id, userId: accountId, expiresAt, createdAt, clientInfo, sessionType: "user-session" };
}

function frontEnd({ id, alias, url, createdAt, changedAt }: FrontEnd) {
  return {
    id,
    clientAlias: alias,
    clientUrl: url,
    createDateTime: createdAt,
    lastChangedDateTime: changedAt,
  };
}
