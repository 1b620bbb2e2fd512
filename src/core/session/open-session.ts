import type { Account, Credentials } from "../account/account.ts";
import { accountMade } from "../account/account-made.ts";
import { firstProof } from "../account/first-proof.ts";
import type { Context } from "../ports.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";
import { issueTokens, type Tokens } from "./issue-tokens.ts";
import { plainSession } from "./new-session.ts";
import { type AccountMaking, type Opening, type Session, sessionLimit } from "./session.ts";

export interface SignedIn {
  account: Account;
  session: Session;
  tokens: Tokens;
}

/** What a sign-in opens its session with. */
export interface Entry {
  credentials: Credentials;
  /** Where the account has to be made first; absent for one that is there. */
  makes?: AccountMaking;
  secondFactor: SecondFactorProof | "absent";
  clientType?: string | null | undefined;
  provesEmail?: boolean;
}

/**
 * Opens the session of a sign-in and issues its tokens. What the entry spends is spent by the same
 * write. Null when it was spent before, or the account has changed since it was read.
 */
export async function openSession(context: Context, entry: Entry): Promise<SignedIn | null> {
  const session = await context.sessions.open(openingOf(context, entry));
  return session && signedIn(context, entry, session);
}

/** The same under an id that was fixed beforehand: however often it is tried, it opens one. */
export async function openSessionOnce(
  context: Context,
  { sessionId, ...entry }: Entry & { sessionId: string },
): Promise<SignedIn | "opened before" | null> {
  const session = await context.sessions.openOnce(openingOf(context, entry, sessionId));
  return session && session !== "opened before" ? signedIn(context, entry, session) : session;
}

function openingOf(
  context: Context,
  { credentials, makes, secondFactor, clientType = null, provesEmail = false }: Entry,
  id?: string,
): Opening {
  const { account, passwordChangedAt } = credentials;
  const session = plainSession(context, account, { clientType, ...(id && { id }) });
  const proof = provesEmail ? firstProof(context, account, session.id) : null;
  const event = accountMade(context, account, session.id);
  const made = makes && { account, ...makes, event, ...(proof && { verified: proof.verified }) };
  return {
    session,
    makes: made ?? null,
    passwordChangedAt,
    secondFactor,
    limit: sessionLimit(context),
    firstProof: proof,
    auditEvent: "signed-in",
  };
}

async function signedIn(
  context: Context,
  { credentials: { account }, provesEmail }: Entry,
  session: Session,
): Promise<SignedIn> {
  const current = provesEmail ? withProvedEmail(account, session.createdAt) : account;
  return { account: current, session, tokens: await issueTokens(context, session, account) };
}

function withProvedEmail(account: Account, now: Date): Account {
  return { ...account, emailVerifiedAt: account.emailVerifiedAt ?? now };
}
