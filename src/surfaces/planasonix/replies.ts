import type { Account } from "../../core/account/account.ts";
import type { StartedDeviceGrant } from "../../core/device/start-device-grant.ts";
import type { IssuedKey } from "../../core/key/issue-key.ts";
import type { Key } from "../../core/key/key.ts";
import type { Refused } from "../../core/refused.ts";
import type { Enrolment } from "../../core/second-factor/enrol-totp.ts";
import { promisedRefreshToken, type Tokens } from "../../core/session/issue-tokens.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { SecondFactorChallenge } from "../../core/session/start-sign-in.ts";
import { prefixedAccountId } from "../prefixed-account-id.ts";
import type { Reply, Showing, Wording } from "../surface.ts";
import type * as shape from "./shapes.ts";

/** A whole sign-in, or what is left to do for an account with a second factor. */
export function signInStarted(
  started: SignedIn | SecondFactorChallenge,
): Showing<typeof shape.signInStarted> {
  return "challengeToken" in started
    ? { body: { mfaRequired: true, mfaToken: started.challengeToken } }
    : session(started);
}

export function session(signedIn: SignedIn): Showing<typeof shape.session> {
  return { body: { ...pair(signedIn.tokens), user: user(signedIn.account) } };
}

export function tokens(issued: Tokens): Showing<typeof shape.tokens> {
  return { body: pair(issued) };
}

/** The answer to a registration, whether the address was free or taken. */
export function registered(): Showing<typeof shape.registered> {
  return success("Check your inbox to confirm your e-mail address.");
}

export function resetRequested(): Showing<typeof shape.resetRequested> {
  return success("If that address has an account, a link to set a new password is on its way.");
}

export function passwordReset(): Showing<typeof shape.passwordReset> {
  return success("Your password is set. Sign in with it.");
}

export function emailVerified(): Showing<typeof shape.emailVerified> {
  return success("Your e-mail address is confirmed.");
}

export function deviceStarted(started: StartedDeviceGrant): Showing<typeof shape.deviceStarted> {
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

export function deviceDecided({
  approved,
}: {
  approved: boolean;
}): Showing<typeof shape.deviceDecided> {
  return success(approved ? "The device is approved." : "The device is denied.");
}

export function profile({ account }: { account: Account }): Showing<typeof shape.profile> {
  const { avatarUrl = null } = account.profile;
  return data({
    ...settings(account),
    avatar_url: avatarUrl,
    organization_id: account.tenantId,
    roles: [account.role],
  });
}

export function profileUpdated({
  account,
}: {
  account: Account;
}): Showing<typeof shape.profileUpdated> {
  return data({ ...settings(account), updated_at: time(account.updatedAt) });
}

/** For what is done and has nothing to show. */
export function done(): Reply {
  return {};
}

export function secondFactor(found: {
  isOn: boolean;
  recoveryCodesLeft: number;
}): Showing<typeof shape.secondFactor> {
  return data({
    enabled: found.isOn,
    methods: found.isOn ? ["totp"] : [],
    backup_codes_remaining: found.recoveryCodesLeft,
  });
}

export function enrolled({
  secret,
  otpauthUri,
  enrolmentId,
}: Enrolment): Showing<typeof shape.enrolled> {
  return data({
    method: "totp",
    secret,
    otpauth_uri: otpauthUri,
    enrollment_id: enrolmentId,
  });
}

export function confirmed({
  recoveryCodes,
}: {
  recoveryCodes: readonly string[];
}): Showing<typeof shape.confirmed> {
  return data({ enabled: true, backup_codes: [...recoveryCodes] });
}

export function keys({ keys }: { keys: readonly Key[] }): Showing<typeof shape.keys> {
  const listed = keys.map((key) => ({
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    created_at: time(key.createdAt),
    last_used_at: key.lastUsedAt && time(key.lastUsedAt),
    expires_at: key.expiresAt && time(key.expiresAt),
  }));
  return { body: { data: listed, meta: { total: listed.length } } };
}

/** The only answer that shows a key. */
export function keyCreated({ key, secret }: IssuedKey): Showing<typeof shape.keyCreated> {
  return data({
    id: key.id,
    name: key.name,
    scopes: [...key.scopes],
    prefix: key.prefix,
    key: secret,
    created_at: time(key.createdAt),
    expires_at: key.expiresAt && time(key.expiresAt),
  });
}

/** `{"error":{…}}`, with the problem of each field where there are any. */
export function refusal(
  wording: Wording,
  { fields, comeBack }: Refused,
  now: Date,
): Showing<typeof shape.refusal> {
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

function success(message: string) {
  return { body: { success: true as const, message } };
}

function data<T extends object>(content: T) {
  return { body: { data: content } };
}

function settings({ id, email, name, profile }: Account) {
  const { timezone = null, locale = null } = profile;
  return { id: prefixedAccountId(id), email, display_name: name, timezone, locale };
}

/** RFC 3339 in UTC, without a fraction. */
function time(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}

function pair(tokens: Tokens) {
  return {
    accessToken: tokens.access,
    refreshToken: promisedRefreshToken(tokens),
    expiresIn: tokens.accessLifetimeSeconds,
    tokenType: "Bearer" as const,
  };
}

function user({ id, email, name, emailVerifiedAt }: Account) {
  return { id: prefixedAccountId(id), email, name, emailVerified: emailVerifiedAt !== null };
}
