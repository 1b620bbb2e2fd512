import type { Account, Credentials } from "../account/account.ts";
import { normaliseEmail } from "../account/email-address.ts";
import { normalisePassword } from "../account/password-policy.ts";
import type { Context, PasswordSubject } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { type Session, sessionTimes } from "./session.ts";

export interface SignedIn {
  account: Account;
  session: Session;
  tokens: Tokens;
}

/**
 * Signs an account in with its password.
 *
 * An unknown address, a wrong password, a disabled account and one without a password cost the same
 * work and get the same answer. The attempt is counted before the hash, so that parallel guesses do
 * not slip through, and a right password is not confirmed while attempts are refused.
 */
export async function signIn(
  context: Context,
  { email: typedEmail, password }: { email: string; password: string },
): Promise<SignedIn | Refused<"invalid_credentials" | "rate_limited">> {
  const { throttle, requester, tenantId } = context;
  const email = normaliseEmail(typedEmail);
  const subject = { tenantId, email, address: requester.address };

  const fenced = await fenceCredentials(context);
  if (fenced) {
    return fenced;
  }
  await context.accessTokens.prepare();
  const wait = await throttle.passwordAttempt(subject);
  if (wait) {
    return waitOut(wait);
  }
  const found = await checkPassword(context, subject, normalisePassword(password));
  const session = found && (await openSession(context, found));
  if (!found || !session) {
    return new Refused("invalid_credentials");
  }
  context.afterwards(throttle.passwordAccepted(subject));
  context.afterwards(keepHashCurrent(context, found, normalisePassword(password)));
  return { account: found.account, session, tokens: await issueTokens(context, session) };
}

/**
 * Null for every way in which address and password do not fit. An outage before that is known is
 * not held against whoever tried; one after it is, or it would tell that the password was right.
 */
async function checkPassword(
  { accounts, passwordHashes, throttle, afterwards }: Context,
  subject: PasswordSubject,
  password: string,
): Promise<Credentials | null> {
  try {
    const found = await accounts.findCredentials(subject.tenantId, subject.email);
    const matches = await passwordHashes.verify(password, found?.passwordHash ?? null);
    return found && matches && !found.disabled ? found : null;
  } catch (outage) {
    afterwards(throttle.passwordUndecided(subject));
    throw outage;
  }
}

async function openSession(context: Context, found: Credentials): Promise<Session | null> {
  const now = context.clock.now();
  const session: Session = {
    id: context.randomness.id(now),
    tenantId: found.account.tenantId,
    accountId: found.account.id,
    contract: context.terms.contract,
    clientId: null,
    scope: null,
    ...sessionTimes(context.terms.session, now),
  };
  const opened = await context.sessions.open(session, found.passwordChangedAt);
  return opened ? session : null;
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
