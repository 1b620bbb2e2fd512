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

/** When a session begins and ends that is opened now. */
export function sessionTimes({ idleSeconds, absoluteSeconds }: Terms["session"], now: Date) {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  return {
    createdAt: now,
    expiresAt: after(Math.min(idleSeconds, absoluteSeconds)),
    endsAt: after(absoluteSeconds),
  };
}
