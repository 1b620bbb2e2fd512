import type { Account } from "../../core/account/account.ts";
import type { Key } from "../../core/key/key.ts";
import type { Refused } from "../../core/refused.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { Reply, Showing, Wording } from "../surface.ts";
import type * as shape from "./shapes.ts";

export function setupStatus({
  isComplete,
}: {
  isComplete: boolean;
}): Showing<typeof shape.setupStatus> {
  return success({ setup_complete: isComplete });
}

export function session({ account, tokens }: SignedIn): Showing<typeof shape.session> {
  const { id, email, givenName, familyName, role } = account;
  const user = { id, email, first_name: givenName, last_name: familyName, role };
  return success({ token: tokens.access, user });
}

/** The answer to every address, whether it has an account or not. */
export function codeSent(): Showing<typeof shape.codeSent> {
  return success({ message: "If that address can sign in here, a code is on its way." });
}

export function user({ account }: { account: Account }): Showing<typeof shape.user> {
  const { id, email, givenName, familyName, role } = account;
  return success({
    id,
    email,
    first_name: givenName,
    last_name: familyName,
    role,
    must_reset_password: account.mustResetPassword,
    two_factor_enabled: account.twoFactorEnabled,
    created_at: time(account.createdAt),
    updated_at: time(account.updatedAt),
  });
}

export function serviceKeys({ keys }: { keys: readonly Key[] }): Showing<typeof shape.serviceKeys> {
  return success(keys.map(serviceKey));
}

/** The only answer in which the key itself stands. */
export function createdServiceKey({
  key,
  secret,
}: {
  key: Key;
  secret: string;
}): Showing<typeof shape.createdServiceKey> {
  return success({ ...serviceKey(key), key: secret });
}

export function done(): Reply {
  return {};
}

/** `{"success":false,"error":{…}}`; its message says what is wrong with which field. */
export function refusal(
  [, code, text]: Wording,
  { fields }: Refused,
): Showing<typeof shape.refusal> {
  const problems = fields.map(({ field, issue }) => `${field} ${issue}`);
  const message = problems.length > 0 ? problems.join("; ") : text;
  return { body: { success: false, error: { code, message } } };
}

function success<T extends object>(data: T) {
  return { body: { success: true as const, data } };
}

function serviceKey({ id, name, prefix, createdAt, expiresAt, lastUsedAt }: Key) {
  return {
    id,
    name,
    key_prefix: prefix,
    created_at: time(createdAt),
    expires_at: expiresAt && time(expiresAt),
    last_used_at: lastUsedAt && time(lastUsedAt),
  };
}

/** RFC 3339 in UTC, without a fraction. */
function time(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, "Z");
}
