import type { Account, Role } from "../account/account.ts";
import type { PersonName } from "../account/person-name.ts";
import type { SignInMeans } from "../account/sign-in-means.ts";
import type { Deed } from "./deed.ts";

/** An account as whoever administers sees it. No secret is on it. */
export interface AccountRecord extends Account {
  /** Null while it may sign in. */
  disabledAt: Date | null;
}

/** The same with what it is signed in to with. */
export interface AccountInFull extends AccountRecord {
  means: Omit<SignInMeans, "mailStopsUntil">;
}

/** The account that a change is for: of this tenant, and of one of the roles that may be touched. */
export interface Target {
  tenantId: string;
  accountId: string;
  roles: readonly Role[];
}

/** What is not named stays as it is. */
export interface AccountChange {
  disabled?: boolean;
  role?: Role;
  zapier?: boolean;
  mustResetPassword?: boolean;
  name?: PersonName;
}

/** What opened an account before it was changed, and does not any more. */
export interface ShutOut {
  /** Sessions. */
  endedCount: number;
  /** API keys. */
  revokedKeyCount: number;
}

/** A part of a change with the event that tells of it. */
export interface ToldChange {
  change: AccountChange;
  event: Deed;
}

/**
 * A tenant's accounts, for whoever administers. Each change is one transaction with the events that
 * tell of it: all of it or none, and nothing is told of what is so already. The target is looked for in
 * it, and so is another superadmin who may sign in, where one is taken away: of two who do away with each
 * other, one stays.
 */
export interface AccountRecords {
  /** By address, those that begin with the prefix: after an address, where one is given. */
  search(
    tenantId: string,
    by: { emailPrefix: string; afterEmail: string | null; most: number },
  ): Promise<AccountRecord[]>;
  find(tenantId: string, accountId: string): Promise<AccountInFull | null>;
  /** False when the address is taken, or kept for an account it was taken from lately. */
  insert(account: Account, event: Deed): Promise<boolean>;
  /**
   * The sessions of an account end that is disabled, or that gets a higher role than it has, and with a
   * higher role its API keys go: `keyRevoked` is what is told of each, but for its id and the key's name.
   * Null when there is no such target, or when it is all of that already.
   */
  change(target: Target, told: readonly ToldChange[], keyRevoked: Deed): Promise<ShutOut | null>;
  /** With sessions goes what was approved and has opened none yet. Null when there is no such target. */
  endSessions(target: Target, event: Deed): Promise<number | null>;
  /** App and recovery codes, and every session. False when there is no such target, or it has none that is on. */
  removeSecondFactor(target: Target, event: Deed): Promise<boolean>;
  /**
   * The account and everything that is its own. With the last one its tenant closes for registration. False
   * when there is no such target.
   */
  remove(target: Target & { email: string }, event: Deed): Promise<boolean>;
}
