import type { Account } from "../../core/account/account.ts";
import { subscriptionOf } from "../../core/account/subscription.ts";
import type { Refused } from "../../core/refused.ts";
import type { Enrolment } from "../../core/second-factor/enrol-totp.ts";
import type { SessionInList } from "../../core/session/list-sessions.ts";
import type { SignedIn } from "../../core/session/open-session.ts";
import type { SecondFactorChallenge } from "../../core/session/start-sign-in.ts";
import { prefixedAccountId } from "../prefixed-account-id.ts";
import type { Reply, Showing, Wording } from "../surface.ts";
import type * as shape from "./shapes.ts";

export function registered({ account, tokens }: SignedIn): Showing<typeof shape.registered> {
  const trial_ends_at = account.trialEndsAt?.toISOString() ?? null;
  return { body: { user: { ...user(account), trial_ends_at }, token: tokens.access } };
}

export function firstStep(
  taken: SignedIn | SecondFactorChallenge,
): Showing<typeof shape.firstStep> {
  return "challengeToken" in taken
    ? { body: { requires_totp: true, totp_token: taken.challengeToken } }
    : session(taken);
}

export function session({ account, tokens }: SignedIn): Showing<typeof shape.session> {
  return { body: { user: user(account), token: tokens.access } };
}

export function me({ account, now }: { account: Account; now: Date }): Showing<typeof shape.me> {
  const { status, trialEndsAt, plan } = subscriptionOf(account, now);
  const trial_ends_at = trialEndsAt?.toISOString() ?? null;
  return {
    body: { ...user(account), subscription: { status, trial_ends_at, plan } },
  };
}

/** A session that this contract did not make is named after what it was made for. */
export function tokens({
  sessions,
  currentId,
}: {
  sessions: SessionInList[];
  currentId: string;
}): Showing<typeof shape.tokens> {
  return {
    body: {
      tokens: sessions.map(({ id, number, clientType, clientId, contract, ...times }) => ({
        id: number,
        name: clientType ?? clientId ?? contract,
        created_at: times.createdAt.toISOString(),
        last_used_at: times.lastUsedAt.toISOString(),
        is_current: id === currentId,
      })),
    },
  };
}

export function revoked({ revokedCount }: { revokedCount: number }): Showing<typeof shape.revoked> {
  return { body: { revoked_count: revokedCount } };
}

export function enrolled({ secret, otpauthUri }: Enrolment): Showing<typeof shape.enrolled> {
  return { body: { secret, otpauth_url: otpauthUri } };
}

export function recoveryCodes({
  recoveryCodes,
}: {
  recoveryCodes: string[];
}): Showing<typeof shape.recoveryCodes> {
  return { body: { recovery_codes: recoveryCodes } };
}

export function done(): Reply {
  return {};
}

/** `{error, message}` with a code, `{message, errors}` for wrong fields, `{message}` otherwise. */
export function refusal(
  [, code, message]: Wording,
  { fields }: Refused,
): Showing<typeof shape.refusal> {
  if (fields.length === 0) {
    return { body: code ? { error: code, message } : { message } };
  }
  const errors = Map.groupBy(fields, ({ field }) => field);
  return {
    body: {
      message,
      errors: Object.fromEntries(
        [...errors].map(([field, issues]) => [field, issues.map(sentence)]),
      ),
    },
  };
}

/** "The recovery code is required." */
function sentence({ field, issue }: Refused["fields"][number]): string {
  return `The ${field.replaceAll("_", " ")} ${issue}.`;
}

/** A name that nobody has said yet is an empty text: clients know it as a text. */
function user({ id, email, name }: Account) {
  return { id: prefixedAccountId(id), email, name: name ?? "" };
}
