import type { Account, Credentials, Profile, Role } from "./account/account.ts";
import type { AddressProofs } from "./account/address-proofs.ts";
import type { PersonName } from "./account/person-name.ts";
import type { Clients } from "./client.ts";
import type { DeviceGrant, Word } from "./device/device-grant.ts";
import type { DeviceGrants } from "./device/device-grants.ts";
import type { Keys } from "./key/key.ts";
import type { Letter, MailOrder } from "./mail/mail-order.ts";
import type { Pkce } from "./oauth/pkce.ts";
import type { Requester } from "./requester.ts";
import type { SecondFactors, Totp } from "./second-factor/second-factor.ts";
import type { AccessTokens } from "./session/access-tokens.ts";
import type { LoginCodes } from "./session/login-codes.ts";
import type { Caller, NewSession, Opening, Session } from "./session/session.ts";
import type { FrontEnds } from "./tenant/front-end.ts";
import type { Tenants } from "./tenant/tenant.ts";
import type { Terms } from "./terms.ts";

/** Everything an operation may reach outside itself. A port that cannot answer throws `Unavailable`. */
export interface Ports {
  accounts: Accounts;
  addressProofs: AddressProofs;
  sessions: Sessions;
  secondFactors: SecondFactors;
  totp: Totp;
  keys: Keys;
  loginCodes: LoginCodes;
  clients: Clients;
  tenants: Tenants;
  frontEnds: FrontEnds;
  userAgents: UserAgents;
  deviceGrants: DeviceGrants;
  userCodes: UserCodes;
  throttle: Throttle;
  fences: Fences;
  passwordHashes: PasswordHashes;
  breachedPasswords: BreachedPasswords;
  accessTokens: AccessTokens;
  pkce: Pkce;
  sealer: Sealer;
  mailedLinks: MailedLinks;
  mailQueue: MailQueue;
  postbox: Postbox;
  randomness: Randomness;
  clock: Clock;
  settings: CoreSettings;
}

/** One request: the ports, the terms of the contract that was asked, and who asks. */
export interface Context extends Ports {
  terms: Terms;
  tenantId: string;
  requester: Requester;
  /** Work that may go on after the answer. Its failure is logged and changes nothing. */
  afterwards: (work: Promise<unknown>) => void;
}

export interface CoreSettings {
  /** The configured origin, without a slash at its end: issuer and root of every link. */
  publicUrl: string;
  passwordMinLength: number;
  /** Failures from one address on one account before each further try has to wait. */
  passwordFailuresBeforeDelay: number;
  /** Consecutive failures on one account before only recovery by mail opens it (NIST SP 800-63B). */
  passwordFailuresBeforeClosing: number;
  mailsPerHour: number;
  /** Live sessions an account may have in a contract that limits them. */
  sessionCap: number;
}

export interface Accounts {
  /**
   * Stores account and password together. False when the address is taken: the insert is the check.
   * A null hash makes an account without a password.
   */
  insert(account: Account, passwordHash: string | null): Promise<boolean>;
  /** The same, only while the tenant has no account at all: of many at once, one is first. */
  insertFirst(account: Account, passwordHash: string): Promise<boolean>;
  hasAny(tenantId: string): Promise<boolean>;
  findByEmail(tenantId: string, email: string): Promise<Account | null>;
  findCredentials(
    who: { tenantId: string; email: string } | { accountId: string },
  ): Promise<Credentials | null>;
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
    accountId: string;
    email: string;
    linkNumber: number;
    now: Date;
  }): Promise<boolean>;
  /**
   * Numbers a new reset link; every older one stops working. Null when no account that could use
   * it has this address. One write.
   */
  numberResetLink(
    tenantId: string,
    email: string,
  ): Promise<{ account: Account; linkNumber: number } | null>;
  /**
   * Spends a reset link and sets the password, marks the address verified and ends every session:
   * all of it or none. Null when the link's number is not the newest or was spent.
   */
  resetPassword(reset: {
    accountId: string;
    linkNumber: number;
    passwordHash: string;
    now: Date;
  }): Promise<Account | null>;
  /**
   * Sets the password of an enabled account and ends its other sessions and the duty to change it:
   * all of it or none. False when the password is not the expected one any more.
   */
  changePassword(change: {
    accountId: string;
    /** Null expects that there is none. */
    expectedHash: string | null;
    passwordHash: string;
    /** The session that goes on. */
    keepSessionId: string | null;
    now: Date;
  }): Promise<boolean>;
  /** Stores the same password under newer parameters, unless it was changed meanwhile. */
  rehashPassword(accountId: string, oldHash: string, newHash: string): Promise<void>;
  /** The account as it is afterwards. Fields that are not named stay as they are. One write. */
  updateProfile(
    accountId: string,
    change: { name?: PersonName; profile?: Profile; now: Date },
  ): Promise<Account>;
}

export interface Sessions {
  /**
   * Opens a session if the account is enabled and everything else that `opening` expects holds.
   * Null otherwise. Nothing is spent where a session of that id was opened before. One round trip.
   */
  open(opening: Opening): Promise<Session | "opened before" | null>;
  /**
   * Opens the session that a person approved for a client; a second call with the same id changes
   * nothing and says `before`. Null when the account is disabled, must change its password, or
   * changed it since: whoever approved may not have been its owner. One round trip.
   */
  openApproved(session: NewSession, approvedAt: Date): Promise<OpenedSession | null>;
  /**
   * The session and its account, read from the primary; null when either has ended, or the session
   * is not at this generation of its refresh token, where one is given.
   */
  findCaller(sessionId: string, now: Date, generation?: number): Promise<Caller | null>;
  /** The living sessions of an account, the newest first. */
  list(accountId: string, now: Date): Promise<Session[]>;
  /** Whose living session this is; null when there is none such. */
  findOwner(sessionId: string, now: Date): Promise<{ accountId: string; tenantId: string } | null>;
  /**
   * Moves a session of this tenant from `generation` to the next in one conditional write.
   * A generation that was moved on from less than ten seconds ago leads to the same successor;
   * an older one is a replay and ends the session.
   */
  advance(step: {
    tenantId: string;
    sessionId: string;
    generation: number;
    now: Date;
    idleSeconds: number;
    /** The client that it has to be of; absent where any may bring it. */
    clientId?: string;
  }): Promise<{ session: Session; generation: number; role: Role } | "replayed" | null>;
  /**
   * Ends sessions of an account; says how many lived. With all others goes what was approved for a
   * device or app and has opened no session yet.
   */
  revoke(accountId: string, which: RevokedSessions, now: Date): Promise<number>;
  /**
   * Ends the sessions that the living session `sessionId` asks to end: itself, or those listed that
   * are of the same account. False when it does not live. One round trip.
   */
  leave(
    leaving: { tenantId: string; sessionId: string; listed: readonly string[] | null },
    now: Date,
  ): Promise<boolean>;
  touch(sessionId: string, now: Date): Promise<void>;
}

export interface OpenedSession extends Caller {
  opened: "now" | "before";
}

export type RevokedSessions = { id: string } | { number: number } | { allBut: string };

/** Where people enter user codes: wrong ones are counted exactly, right ones cost nothing. */
export interface UserCodes {
  describe(guess: UserCodeGuess): Promise<DescribeOutcome | TooManyGuesses>;
  /** The first decision is final. */
  decide(guess: UserCodeGuess, word: Word): Promise<DecideOutcome | TooManyGuesses>;
}

export interface UserCodeGuess {
  tenantId: string;
  userCode: string;
  /** Who guesses: wrong codes count against both. */
  accountId: string;
  address: string;
}

export type TooManyGuesses = { is: "throttled"; retryAfterSeconds: number; limit: number };
export type DescribeOutcome =
  | { is: "pending"; grant: DeviceGrant }
  | { is: "unknown" | "expired" | "already_decided" };
export type DecideOutcome =
  | { is: "decided" }
  | { is: "scope_not_asked_for" }
  | { is: "unknown" | "expired" | "already_decided" };

/** Exact, durable, worldwide counts. */
export interface Throttle {
  /** Counts an attempt at a factor before it is checked. Null when it may go on. */
  attempt(factor: Factor, subject: AttemptSubject): Promise<Wait | null>;
  /** A right one: what this address did wrong before is forgotten. */
  accepted(factor: Factor, subject: AttemptSubject): Promise<void>;
  /** An attempt that was counted and never decided, because something was unavailable. */
  undecided(factor: Factor, subject: AttemptSubject): Promise<void>;
  /** Recovery by mail opens what too many failures closed. */
  recovered(account: { tenantId: string; email: string }): Promise<void>;
  /** Counts a try of one challenge. False when it had all its tries. */
  challenge(challengeId: string): Promise<boolean>;
  /** Counts a mail of this kind to this address. Null when it may be sent. */
  mail(order: Pick<MailOrder, "kind" | "tenantId" | "email">): Promise<Wait | null>;
}

export type Factor = "password" | "second factor";

export interface AttemptSubject {
  tenantId: string;
  email: string;
  address: string;
}

export interface Wait {
  retryAfterSeconds: number;
  limit: number;
}

export type RequestKind =
  | "refresh"
  | "device start"
  | "device poll"
  | "user code"
  | "key"
  | "tenant"
  | "client"
  | "authorization code"
  | "revocation";

/** The outer fences: cheap, per location, approximate. True when the attempt may go on. */
export interface Fences {
  credentials(address: string): Promise<boolean>;
  deviceStart(address: string, clientId: string): Promise<boolean>;
  /** Around what costs a call of a store and checks no guessable secret. */
  requests(kind: RequestKind, address: string): Promise<boolean>;
}

export interface PasswordHashes {
  hash(password: string): Promise<string>;
  /** A null hash costs the same as any other and never matches. */
  verify(password: string, hash: string | null): Promise<boolean>;
  isOutdated(hash: string): Promise<boolean>;
}

export interface BreachedPasswords {
  /** True when the password is known from a breach. Fails open and says so in the log. */
  includes(password: string): Promise<boolean>;
}

/** Turns facts into tokens that only this service can make or read. */
export interface Sealer {
  /** Encrypted: shows nothing, and differs every time. */
  seal(purpose: string, content: string): Promise<string>;
  open(purpose: string, sealed: string): Promise<string | null>;
  /** Signed: the same content gives the same token every time. */
  sign(purpose: string, content: Uint8Array): Promise<string>;
  verify(purpose: string, signed: string): Promise<Uint8Array | null>;
  /**
   * Keyed digests of a code that is too short to be kept under a plain one: under the current master
   * secret first, then under the one before, where there is one.
   */
  digests(purpose: string, content: string): Promise<[string, ...string[]]>;
}

/** What a mailed link stands for. That it is spent once is decided by `Accounts`, never here. */
export type MailedLink =
  | { purpose: "verify-email"; accountId: string; email: string; linkNumber: number }
  | {
      purpose: "reset-password";
      accountId: string;
      linkNumber: number;
      /** Whose names the new password must not be made of. */
      email: string;
      name: string | null;
    }
  | {
      purpose: "prove-address";
      tenantId: string;
      email: string;
      linkNumber: number;
      /** The account that the mail knew of; null where there was none. */
      announcedId: string | null;
    };

export interface MailedLinks {
  /** Keeps the link under the hash of its token. */
  put(token: string, link: MailedLink, lifetimeSeconds: number): Promise<void>;
  find<P extends MailedLink["purpose"]>(
    purpose: P,
    token: string,
  ): Promise<Extract<MailedLink, { purpose: P }> | null>;
  forget(purpose: MailedLink["purpose"], token: string): Promise<void>;
}

export interface MailQueue {
  send(order: MailOrder): Promise<void>;
}

export interface Postbox {
  /** Puts the letter into words and hands it to the transport. Throws when that refuses it. */
  deliver(to: string, letter: Letter): Promise<void>;
}

export interface UserAgents {
  /** What a `User-Agent` header says, in names that people know; empty texts for what it does not. */
  describe(userAgent: string | null): { browser: string; os: string; deviceType: string };
}

export interface Randomness {
  bytes(count: number): Uint8Array;
  /** UUIDv7, ordered by time. */
  id(now: Date): string;
  /** 256 bits as base64url, for a link. */
  token(): string;
}

export interface Clock {
  now(): Date;
}

/** Signing keys as they are stored. */
export interface SigningKeyStore {
  /** The newest first. */
  list(): Promise<StoredSigningKey[]>;
  /** Does nothing when a key of that number exists: of two that are made at once, one stays. */
  insert(key: StoredSigningKey): Promise<void>;
  remove(numbers: readonly number[]): Promise<void>;
}

export interface StoredSigningKey {
  number: number;
  kid: string;
  publicJwk: string;
  /** Sealed under the master secret. */
  sealedPrivateJwk: string;
  createdAt: Date;
  /** Published from creation on, signs from here on. */
  activatesAt: Date;
}
