import type { AuditEvent } from "../audit/audit-log.ts";
import type { StillIn } from "../caller/still-in.ts";
import type { SecondFactorProof } from "../second-factor/second-factor.ts";
import type { Account, Credentials, Profile } from "./account.ts";
import type { FirstProof } from "./first-proof.ts";
import type { PersonName } from "./person-name.ts";
import type { SignInMeans } from "./sign-in-means.ts";

/** What comes to be with an account: all of it or none. */
export interface NewAccount {
  account: Account;
  /** Null makes an account without a password. */
  passwordHash: string | null;
  /** That it was made, by whom and from where. */
  event: AuditEvent;
  /** That its address is verified, where its owner has proved it. */
  verified?: AuditEvent;
}

/** What came of a password that was set with a mailed link. */
export interface PasswordSet {
  account: Account;
  /** Nobody had proved the address before. Then nothing says that what went was its owner's. */
  isNewlyProved: boolean;
  /** How many API keys went with it. */
  revokedKeyCount: number;
  isSecondFactorOff: boolean;
}

export interface Accounts {
  /**
   * False when the address is taken, or kept for an account it was taken from lately: the insert is the
   * check. Then nothing is written down either.
   */
  insert(made: NewAccount): Promise<boolean>;
  findByEmail(tenantId: string, email: string): Promise<Account | null>;
  findCredentials(
    who: { tenantId: string; email: string } | { accountId: string },
  ): Promise<Credentials | null>;
  /**
   * Whose password to compare at an address, and what a wrong one costs in that tenant at least, in
   * iterations of our own; null where that is one of our hashes. One read, of one moment.
   */
  findForPassword(who: {
    tenantId: string;
    email: string;
  }): Promise<{ found: Credentials | null; dearestHash: number | null }>;
  /** What an account can be signed in to with. One read. */
  findSignInMeans(accountId: string, now: Date): Promise<SignInMeans>;
  /** The account and the number of its newest mailed link, while its address is not verified. */
  findUnverified(
    tenantId: string,
    email: string,
  ): Promise<{ account: Account; linkNumber: number } | null>;
  /**
   * False when the account has another address by now, was verified before, or was mailed another
   * link since: whoever registered first may not own the address. One write.
   */
  verifyEmail(link: {
    email: string;
    linkNumber: number;
    /** What is written down: whose account it is, and when this is. Its tenant is the account's. */
    event: AuditEvent;
  }): Promise<boolean>;
  /**
   * Numbers a new reset link; every older one stops working. Says whether there is a password that it
   * replaces. Null when no account that could use it has this address. One write.
   */
  numberResetLink(
    tenantId: string,
    email: string,
  ): Promise<{ account: Account; linkNumber: number; hasPassword: boolean } | null>;
  /**
   * Spends a reset link and sets the password, marks the address verified and ends every session:
   * all of it or none. Where the address was not verified, API keys go as well, and the second factor of
   * an account without power. Null when the link's number is not the newest or was spent.
   */
  resetPassword(reset: {
    accountId: string;
    linkNumber: number;
    passwordHash: string;
    now: Date;
    /** What is written down where the address was not verified before. Its tenant is the account's. */
    firstProof: FirstProof;
    /** What is written down where a second factor was turned off. Its tenant is the account's. */
    secondFactorOff: AuditEvent;
  }): Promise<PasswordSet | null>;
  /**
   * Sets the password of an enabled account and ends its other sessions and the duty to change it:
   * all of it or none. False when the password is not the expected one any more, the second factor was
   * spent before, or the session that asks has ended.
   */
  changePassword(change: {
    accountId: string;
    /** Null expects that there is none. */
    expectedHash: string | null;
    passwordHash: string;
    /** A proof that is spent on it; null where none was asked for. `spentOn` is new each time. */
    secondFactor: { proof: SecondFactorProof; spentOn: string } | null;
    /** The session that asks, and goes on; null for none. */
    by: StillIn | null;
    now: Date;
  }): Promise<boolean>;
  /**
   * Undoes what was done to an account since then, and gives it the address back that the link was
   * mailed to: all of it or none. False when the account does not have that address and did not have
   * it since, when somebody else does, or when a link to the same address was used after `at`.
   */
  secure(link: {
    /** Where it was mailed. */
    email: string;
    /** When what it told of was done. */
    at: Date;
    since: Date;
    /** What is written down: whose account it is, and when this is. Its subject is the address. */
    event: AuditEvent;
    /** The same of the address, where the account gets it back. */
    verified: AuditEvent;
  }): Promise<boolean>;
  /** Stores the same password under newer parameters, unless it was changed meanwhile. */
  rehashPassword(accountId: string, oldHash: string, newHash: string): Promise<void>;
  /**
   * The account as it is afterwards; null when it is gone, or the session that asks has ended. Fields that are
   * not named stay as they are. One write.
   */
  updateProfile(
    accountId: string,
    change: { name?: PersonName; profile?: Profile; now: Date },
    by: StillIn | null,
  ): Promise<Account | null>;
}
