import type { Account } from "../account/account.ts";
import type { Terms } from "../terms.ts";

/** One sign-in: by a person in a contract, on a page, or by a device. */
export interface Session {
  id: string;
  tenantId: string;
  accountId: string;
  contract: string;
  /** The OAuth client a device grant was asked for; null for a plain sign-in. */
  clientId: string | null;
  /** Space-separated scopes; null for a plain sign-in, which may do all that its account may. */
  scope: string | null;
  createdAt: Date;
  /** Moves with every refresh, up to `endsAt`. */
  expiresAt: Date;
  endsAt: Date;
}

/** Who a valid access token or page cookie belongs to. */
export interface Caller {
  session: Session;
  account: Account;
}

/** The two ends of a session that begins, or is refreshed, at `now`. */
export function sessionEnds({ session }: Terms, createdAt: Date, now: Date) {
  const endsAt = createdAt.getTime() + session.absoluteSeconds * 1000;
  const idleAt = now.getTime() + session.idleSeconds * 1000;
  return { expiresAt: new Date(Math.min(idleAt, endsAt)), endsAt: new Date(endsAt) };
}
