import type { Account, Credentials } from "../account/account.ts";
import { accountMade } from "../account/account-made.ts";
import { addressVerified } from "../account/address-verified.ts";
import type { Context } from "../ports.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { plainSession } from "./new-session.ts";
import { type AccountToEnter, type Opening, type Session, sessionLimit } from "./session.ts";

export interface SignedIn {
  account: Account;
  session: Session;
  tokens: Tokens;
}

/** What a sign-in opens its session with. */
export interface Entry {
  credentials: Credentials;
  /** What the account is made with that has to be made first; absent for one that is there. */
  makes?: Omit<AccountToEnter, "account" | "event" | "verified">;
  secondFactor: SecondFactorProof | "absent";
  clientType?: string | null | undefined;
  /** Fixed beforehand where the same sign-in must not open two. */
  sessionId?: string;
  provesEmail?: boolean;
}

/**
 * Opens the session of a sign-in and issues its tokens. What the entry spends is spent by the same
 * write. Null when it was spent before, or the account has changed since it was read.
 */
export async function openSession(
  context: Context,
  { credentials, makes, secondFactor, clientType = null, sessionId, provesEmail = false }: Entry,
): Promise<SignedIn | "opened before" | null> {
  const { account, passwordChangedAt } = credentials;
  const opened = plainSession(context, account, {
    clientType,
    ...(sessionId && { id: sessionId }),
  });
  const verified = provesEmail ? addressVerified(context, account, opened.id) : null;
  const event = accountMade(context, account, opened.id);
  const made = makes && { account, ...makes, event, ...(verified && { verified }) };
  const opening: Opening = {
    session: opened,
    mayBeOpen: sessionId !== undefined,
    makes: made ?? null,
    passwordChangedAt,
    secondFactor,
    limit: sessionLimit(context),
    verified,
    auditEvent: "signed-in",
  };
  const session = await context.sessions.open(opening);
  if (!session || session === "opened before") {
    return session;
  }
  const current = provesEmail ? withProvedEmail(account, session.createdAt) : account;
  return { account: current, session, tokens: await issueTokens(context, session, account) };
}

function withProvedEmail(account: Account, now: Date): Account {
  return { ...account, emailVerifiedAt: account.emailVerifiedAt ?? now };
}
