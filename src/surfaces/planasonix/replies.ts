import type { Account } from "../../core/account/account.ts";
import type { StartedDeviceGrant } from "../../core/device/start-device-grant.ts";
import type { Refused } from "../../core/refused.ts";
import type { Tokens } from "../../core/session/issue-tokens.ts";
import type { SignedIn } from "../../core/session/sign-in.ts";
import type { Terms } from "../../core/terms.ts";
import type { Reply, Wording } from "../surface.ts";

export function session(signedIn: SignedIn, terms: Terms): Reply {
  return { body: { ...pair(signedIn.tokens, terms), user: user(signedIn.account) } };
}

export function tokens(issued: Tokens, terms: Terms): Reply {
  return { body: pair(issued, terms) };
}

/** The answer to a registration, whether the address was free or taken. */
export function registered(): Reply {
  return success("Check your inbox to confirm your e-mail address.");
}

export function resetRequested(): Reply {
  return success("If that address has an account, a link to set a new password is on its way.");
}

export function passwordReset(): Reply {
  return success("Your password is set. Sign in with it.");
}

export function emailVerified(): Reply {
  return success("Your e-mail address is confirmed.");
}

export function deviceStarted(started: StartedDeviceGrant): Reply {
  const { deviceCode, userCode, verificationUri, verificationUriComplete } = started;
  return {
    body: {
      deviceCode,
      userCode,
      verificationUri,
      verificationUriComplete,
      expiresIn: started.expiresInSeconds,
      interval: started.intervalSeconds,
    },
  };
}

export function deviceDecided({ approved }: { approved: boolean }): Reply {
  return success(approved ? "The device is approved." : "The device is denied.");
}

/** `{"error":{…}}`, with the problem of each field where there are any. */
export function refusal(wording: Wording, { fields, comeBack }: Refused, now: Date): Reply {
  const [status, code, message] = wording;
  const problems = Object.fromEntries(fields.map(({ field, issue }) => [field, issue]));
  return {
    body: { error: { code, message, ...(fields.length > 0 && { fields: problems }) } },
    ...(status === 429 && comeBack && { headers: rateLimitHeaders(comeBack, now) }),
  };
}

function rateLimitHeaders(
  { limit, retryAfterSeconds }: NonNullable<Refused["comeBack"]>,
  now: Date,
): Record<string, string> {
  const resetsAtSeconds = Math.ceil(now.getTime() / 1000) + retryAfterSeconds;
  return {
    "x-ratelimit-limit": String(limit ?? 0),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(resetsAtSeconds),
  };
}

function success(message: string): Reply {
  return { body: { success: true, message } };
}

function pair({ access, refresh }: Tokens, { accessToken }: Terms) {
  return {
    accessToken: access,
    refreshToken: refresh,
    expiresIn: accessToken.lifetimeSeconds,
    tokenType: "Bearer",
  };
}

function user({ id, email, name, emailVerifiedAt }: Account) {
  return { id: userId(id), email, name, emailVerified: emailVerifiedAt !== null };
}

/** The account's UUID without its dashes: stable, and anyone can turn it back. */
function userId(accountId: string): string {
  return `usr_${accountId.replaceAll("-", "")}`;
}
