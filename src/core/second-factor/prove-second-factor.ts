import type { Account, Credentials } from "../account/account.ts";
import { recordRefusal } from "../audit/record-refusal.ts";
import { refuseLost, type StillIn } from "../caller/still-in.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { waitOut } from "../throttle/refuse.ts";
import type { AttemptSubject } from "../throttle/throttle.ts";
import { digestsOfRecoveryCode } from "./recovery-codes.ts";
import type { GivenSecondFactor, SecondFactorProof } from "./second-factor.ts";

const SECRET_PURPOSE = "totp-secret";

/**
 * What was given beside a password, checked. `absent` where the account has no second factor, and a
 * refusal where it has one and nothing was given.
 */
export async function proveSecondFactor(
  context: Context,
  { account, secondFactor }: Pick<Credentials, "account" | "secondFactor">,
  given: GivenSecondFactor,
): Promise<
  | SecondFactorProof
  | "absent"
  | Refused<"second_factor_required" | "second_factor_invalid" | "rate_limited">
> {
  if (!secondFactor) {
    return "absent";
  }
  return given.code === undefined && given.recoveryCode === undefined
    ? new Refused("second_factor_required")
    : checkSecondFactor(context, account, secondFactor, given);
}

/**
 * Checks a code of the app or, where none was given, a recovery code. A right one is not spent yet:
 * the write that it is given for does that. The attempt is counted before the check, and taken back
 * by `acceptSecondFactor` or `takeBackSecondFactor`.
 */
export async function checkSecondFactor(
  context: Context,
  account: Account,
  secondFactor: { sealedSecret: string; lastStep: number },
  { code, recoveryCode = "" }: GivenSecondFactor,
): Promise<SecondFactorProof | Refused<"second_factor_invalid" | "rate_limited">> {
  const subject = subjectOf(context, account);
  const { wait, closes } = await context.throttle.attempt("second factor", subject);
  if (wait) {
    return waitOut(wait);
  }
  if (code === undefined) {
    const digests = await digestsOfRecoveryCode(context, account.id, recoveryCode);
    return { kind: "recovery code", digests, closes };
  }
  const step = await stepOfCode(context, secondFactor, code);
  return step === null
    ? refuseSecondFactor(context, account, { closes })
    : { kind: "totp", step, closes };
}

/** A code that was wrong, or spent before. */
export function refuseSecondFactor(
  context: Context,
  account: Account,
  attempt: Pick<SecondFactorProof, "closes">,
): Refused<"second_factor_invalid"> {
  recordRefusal(context, "second factor", subjectOf(context, account), attempt, account.id);
  return new Refused("second_factor_invalid");
}

/** The time step of a right and newer code of the sealed secret; null for any other. */
async function stepOfCode(
  { clock, vault, totp }: Context,
  { sealedSecret, lastStep }: { sealedSecret: string; lastStep: number },
  code: string,
): Promise<number | null> {
  const secret = await vault.open(SECRET_PURPOSE, sealedSecret);
  if (secret === null) {
    throw new Error("the secret of a second factor does not open; see AUTH_SECRET_PREVIOUS");
  }
  return totp.stepOf(secret, code, clock.now(), lastStep);
}

export function sealTotpSecret({ vault }: Context, secret: string): Promise<string> {
  return vault.seal(SECRET_PURPOSE, secret);
}

/** The proof was good and is spent: what this address did wrong before is forgotten. */
export function acceptSecondFactor(
  context: Context,
  { account }: { account: Account },
  proof: SecondFactorProof | "absent",
): void {
  if (proof !== "absent") {
    const subject = subjectOf(context, account);
    context.afterwards(context.throttle.accepted("second factor", subject));
  }
}

/** The code was right, and came too late for what it was to confirm: no guess failed. */
export function takeBackSecondFactor(context: Context, account: Account): void {
  const { afterwards, throttle } = context;
  afterwards(throttle.undecided("second factor", subjectOf(context, account)));
}

/**
 * A right code that the write did not take: it was spent before, or the session that asks has ended. Then no
 * guess failed, and whoever guards the operation says so.
 */
export async function refuseUnspent(
  context: Context,
  by: StillIn,
  account: Account,
  proof: SecondFactorProof,
): Promise<Refused<"second_factor_invalid">> {
  if (await refuseLost(context, by)) {
    takeBackSecondFactor(context, account);
    return new Refused("second_factor_invalid");
  }
  return refuseSecondFactor(context, account, proof);
}

function subjectOf({ requester }: Context, { tenantId, email }: Account): AttemptSubject {
  return { tenantId, email, address: requester.address };
}
