import type { Credentials } from "../account/account.ts";
import { newAccount } from "../account/new-account.ts";
import { newCredentials } from "../account/new-credentials.ts";
import { normaliseEmail } from "../email-address.ts";
import { digestsOfLoginCode } from "../login-code/login-code.ts";
import { LOGIN_CODE_TRIES } from "../login-code/login-code-tries.ts";
import type { LoginCodeAnswer, Mailbox } from "../login-code/login-codes.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import {
  acceptSecondFactor,
  proveSecondFactor,
  refuseSecondFactor,
} from "../second-factor/prove-second-factor.ts";
import type { GivenSecondFactor } from "../second-factor/second-factor.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { openSessionOnce, type SignedIn } from "./open-session.ts";

export interface CodeSignIn {
  email: string;
  /** As it was typed. */
  code: string;
  totpCode?: string | undefined;
  recoveryCode?: string | undefined;
}

/** Whose sign-in a right code is: an account's, or the first of an account that it makes. */
type Entrant = { credentials: Credentials; isNew: boolean };

/** A right code: what it opens, and how it is forgotten. */
interface RightCode {
  sessionId: string;
  forget: () => Promise<void>;
}

/**
 * Signs in whoever read the code that was mailed to an address, which counts as verified from then
 * on; an unknown address gets an account where the tenant lets people make one. A code is spent only
 * when nothing else is missing, so that who is asked for a second factor can come back with both.
 */
export async function signInWithCode(
  context: Context,
  { email, code, totpCode, recoveryCode }: CodeSignIn,
): Promise<
  | SignedIn
  | Refused<
      | "login_code_invalid"
      | "login_code_exhausted"
      | "second_factor_required"
      | "second_factor_invalid"
      | "rate_limited"
    >
> {
  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  await context.accessTokens.prepare();
  const mailbox = { tenantId: context.tenantId, email: normaliseEmail(email) };
  const digests = await digestsOfLoginCode(context.sealer, mailbox, code);
  const answer = await context.loginCodes.check(mailbox, digests);
  if (answer.is !== "right") {
    return refuseCode(answer);
  }
  const entrant = await findEntrant(context, mailbox, answer.announcedId);
  if (!entrant) {
    return new Refused("login_code_invalid");
  }
  const given = { code: totpCode, recoveryCode };
  const { sessionId } = answer;
  const forget = () => context.loginCodes.forget(mailbox, digests);
  return enter(context, entrant, given, { sessionId, forget });
}

function refuseCode(answer: Exclude<LoginCodeAnswer, { is: "right" }>) {
  return "retryAfterSeconds" in answer
    ? new Refused("login_code_exhausted", {
        comeBack: { retryAfterSeconds: answer.retryAfterSeconds, limit: LOGIN_CODE_TRIES },
      })
    : new Refused("login_code_invalid");
}

/**
 * Null for a disabled account, and where nobody may make one. Also for an unconfirmed one that was
 * registered since the code was sent: the mail could not warn of it, and the next one does.
 */
async function findEntrant(
  context: Context,
  { tenantId, email }: Mailbox,
  announcedId: string | null,
): Promise<Entrant | null> {
  const credentials = await context.accounts.findCredentials({ tenantId, email });
  if (credentials) {
    const { id, emailVerifiedAt } = credentials.account;
    const isUnannounced = emailVerifiedAt === null && id !== announcedId;
    return credentials.disabled || isUnannounced ? null : { credentials, isNew: false };
  }
  if (!(await context.tenants.isOpenForRegistration(tenantId))) {
    return null;
  }
  const account = newAccount(context, { email, name: null, emailVerifiedAt: context.clock.now() });
  return { credentials: newCredentials(account), isNew: true };
}

/**
 * The account is made and its session opened in one write, under the id that belongs to the code: it
 * opens one however often it is tried, and an outage costs no code. A wrong recovery code does, since
 * only that write knows which are good.
 */
async function enter(
  context: Context,
  { credentials, isNew }: Entrant,
  given: GivenSecondFactor,
  { sessionId, forget }: RightCode,
): Promise<
  | SignedIn
  | Refused<
      "login_code_invalid" | "second_factor_required" | "second_factor_invalid" | "rate_limited"
    >
> {
  const proof = await proveSecondFactor(context, credentials, given);
  if (proof instanceof Refused) {
    return proof;
  }
  const makes = { passwordHash: null, mustBeFirst: false };
  const entry = { credentials, secondFactor: proof, sessionId, provesEmail: true };
  const signedIn = await openSessionOnce(context, isNew ? { ...entry, makes } : entry);
  if (signedIn === "opened before") {
    return new Refused("login_code_invalid");
  }
  if (!signedIn) {
    await forget();
    // Without a factor: taken meanwhile by somebody who registered. Theirs is not entered unseen.
    return proof === "absent"
      ? new Refused("login_code_invalid")
      : refuseSecondFactor(context, credentials.account, proof);
  }
  context.afterwards(forget());
  acceptSecondFactor(context, credentials, proof);
  // The mailbox was read and no factor is missing: a password that failures closed opens again. What
  // other addresses did wrong still delays them.
  const { tenantId, email } = credentials.account;
  const { address } = context.requester;
  context.afterwards(context.throttle.accepted("password", { tenantId, email, address }));
  return signedIn;
}
