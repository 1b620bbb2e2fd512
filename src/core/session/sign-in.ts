import type { Account, Credentials } from "../account/account.ts";
import { normaliseEmail } from "../account/email-address.ts";
import { normalisePassword } from "../account/password-policy.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { fenceCredentials, waitOut } from "../throttle/refuse.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { type Session, sessionEnds } from "./session.ts";

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

  const refused =
    (await fenceCredentials(context)) ?? waitOut(await throttle.passwordAttempt(subject));
  if (refused) {
    return refused;
  }
  try {
    const opened = await openByPassword(context, email, normalisePassword(password));
    if (!opened) {
      return new Refused("invalid_credentials");
    }
    context.afterwards(throttle.passwordAccepted(subject));
    return { ...opened, tokens: await issueTokens(context, opened.session) };
  } catch (outage) {
    context.afterwards(throttle.passwordUndecided(subject));
    throw outage;
  }
}

/** Null for every way in which address and password do not open a session. */
async function openByPassword(context: Context, email: string, password: string) {
  const { accounts, passwordHashes, tenantId } = context;
  const found = await accounts.findCredentials(tenantId, email);
  const matches = await passwordHashes.verify(password, found?.passwordHash ?? null);
  if (!found || !matches || found.disabled) {
    return null;
  }
  const session = await openSession(context, found);
  if (session) {
    context.afterwards(keepHashCurrent(context, found, password));
  }
  return session && { account: found.account, session };
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
    createdAt: now,
    ...sessionEnds(context.terms, now, now),
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
