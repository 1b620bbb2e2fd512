import type { Account } from "../account/account.ts";
import type { Caller } from "../caller/caller.ts";
import { guarded } from "../caller/guarded.ts";
import type { StillIn } from "../caller/still-in.ts";
import { normaliseEmail } from "../email-address.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { reaches, roleAbove } from "../role.ts";
import { fenceCredentials } from "../throttle/refuse.ts";
import { issueTokens } from "./issue-tokens.ts";
import { newSession } from "./new-session.ts";
import type { SignedIn } from "./open-session.ts";

/** An administrator's reach into an account must not outlive a day's work. */
const LONGEST_SECONDS = 24 * 3600;

/**
 * Signs an administrator in as an account of a lower role, and writes it to the audit log in the
 * same write. The session names them (RFC 8693 §4.1) and cannot be refreshed.
 */
export const impersonate = guarded(
  { role: "admin", changes: true },
  async (
    context: Context,
    { caller, email }: { caller: Caller; email: string },
    by,
  ): Promise<SignedIn | Refused<"target_unknown" | "target_out_of_reach" | "rate_limited">> => {
    const { accessTokens, accounts, tenantId } = context;
    const fenced = await fenceCredentials(context);
    if (fenced) {
      return fenced;
    }
    const target = await accounts.findCredentials({ tenantId, email: normaliseEmail(email) });
    if (!target || target.disabled) {
      return new Refused("target_unknown");
    }
    // Oneself is of one's own role, so this covers that too.
    if (reaches(target.account.role, caller.account.role)) {
      return new Refused("target_out_of_reach");
    }
    await accessTokens.prepare();
    const entered = await enter(context, target.account, { actorId: caller.account.id, by });
    return entered ?? new Refused("target_unknown");
  },
);

/** Null when the account was disabled meanwhile, or the administrator's session ended. */
async function enter(
  context: Context,
  target: Account,
  { actorId, by }: { actorId: string; by: StillIn },
): Promise<SignedIn | null> {
  // Long lives are for the account's own automations: the plain terms hold for whoever acts as it.
  const account = { ...target, zapier: false };
  const { clock, randomness, requester, terms } = context;
  const now = clock.now();
  const lifeSeconds = Math.min(terms.accessToken.lifetimeSeconds, LONGEST_SECONDS);
  const life = { idleSeconds: lifeSeconds, absoluteSeconds: lifeSeconds };
  const start = {
    id: randomness.id(now),
    tenantId: target.tenantId,
    accountId: target.id,
    contract: terms.contract,
    actorId,
    actorSessionId: by.sessionId,
  };
  const session = await context.sessions.open({
    session: newSession(start, { requester, life, now }),
    makes: null,
    passwordChangedAt: null,
    secondFactor: "not asked",
    // Whoever may not reach it any more does not begin.
    by: { ...by, least: roleAbove(target.role) },
    limit: null,
    firstProof: null,
    auditEvent: "impersonation",
  });
  if (!session) {
    return null;
  }
  return { account: target, session, tokens: await issueTokens(context, session, account) };
}
