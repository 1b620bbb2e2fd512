import type { Credentials } from "../account/account.ts";
import { recordRefusal } from "../audit/record-refusal.ts";
import { normaliseEmail } from "../email-address.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import type { AttemptSubject } from "../throttle/throttle.ts";
import { normalisePassword } from "./password-policy.ts";

/**
 * The account that address and password fit.
 *
 * An unknown address, a wrong password, a disabled account, one without a password and, where the
 * terms demand it, one without a verified address cost the same work and get the same answer. The
 * attempt is counted before the hash, so that parallel guesses do not slip through, and a right
 * password is not confirmed while attempts are refused.
 */
export async function checkPassword(
  context: Context,
  { email: typedEmail, password: typedPassword }: { email: string; password: string },
): Promise<Credentials | Refused<"invalid_credentials" | "rate_limited">> {
  const { passwordHashes, requester, tenantId } = context;
  const subject = { tenantId, email: normaliseEmail(typedEmail), address: requester.address };
  const password = normalisePassword(typedPassword);

  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  passwordHashes.refuseWhenFull();
  const check = countAndCompare(context, subject, { password, asTyped: typedPassword });
  // Who hangs up before the answer was counted, and is written down as well. A failure is the answer's.
  context.afterwards(check.catch(() => {}));
  return check;
}

async function countAndCompare(
  context: Context,
  subject: AttemptSubject,
  typed: { password: string; asTyped: string },
): Promise<Credentials | Refused<"invalid_credentials" | "rate_limited">> {
  const { throttle } = context;
  const attempt = await throttle.attempt("password", subject);
  if (attempt.wait) {
    return waitOut(attempt.wait);
  }
  const { found, fits } = await compare(context, subject, typed);
  if (!found || !fits) {
    recordRefusal(context, "password", subject, attempt, found?.account.id ?? null);
    return new Refused("invalid_credentials");
  }
  context.afterwards(throttle.accepted("password", subject));
  context.afterwards(keepHashCurrent(context, found, typed.password));
  return found;
}

/**
 * Whose address it is, and whether everything fits so that they may enter. Who may not is compared with
 * nothing: a right password must not cost less there than a wrong one. An outage before that is known is
 * not held against whoever tried; one after it is, or it would tell that the password was right.
 */
async function compare(
  { accounts, passwordHashes, throttle, afterwards, terms }: Context,
  subject: AttemptSubject,
  { password, asTyped }: { password: string; asTyped: string },
): Promise<{ found: Credentials | null; fits: boolean }> {
  try {
    const { found, dearestHash } = await accounts.findForPassword(subject);
    const mayEnter =
      found && !found.disabled && (!terms.demandsVerifiedEmail || found.account.emailVerifiedAt);
    const hash = mayEnter ? found.passwordHash : null;
    return { found, fits: await passwordHashes.verify(password, hash, { asTyped, dearestHash }) };
  } catch (outage) {
    afterwards(throttle.undecided("password", subject));
    throw outage;
  }
}

async function keepHashCurrent(
  { accounts, passwordHashes }: Context,
  { account, passwordHash }: Credentials,
  password: string,
): Promise<void> {
  if (passwordHash && (await passwordHashes.isOutdated(passwordHash))) {
    await accounts.rehashPassword(account.id, passwordHash, await passwordHashes.hash(password));
  }
}
