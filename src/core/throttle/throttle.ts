import type { MailOrder } from "../mail/mail-order.ts";

/** Exact, durable, worldwide counts. */
export interface Throttle {
  /** Counts an attempt at a factor before it is checked. */
  attempt(factor: Factor, subject: AttemptSubject): Promise<Attempt>;
  /** A right one: what this address did wrong before is forgotten. */
  accepted(factor: Factor, subject: AttemptSubject): Promise<void>;
  /** An attempt that was counted and never decided, because something was unavailable or gone. */
  undecided(factor: Factor, subject: AttemptSubject): Promise<void>;
  /** Recovery by mail opens what too many failures closed. */
  recovered(account: { tenantId: string; email: string }): Promise<void>;
  /**
   * The account of one address has another now. What was done wrong at it goes along: a new one must
   * not buy new guesses. Where more was done wrong at the new one, that stays. Whoever has the old
   * address next begins with none. A move may be tried again under its id, and is made once.
   */
  moved(move: Move): Promise<void>;
  /** Counts a try of one challenge. False when it had all its tries. */
  challenge(challengeId: string): Promise<boolean>;
  /** Counts a mail of this kind to this address. Null when it may be sent. */
  mail(order: Pick<MailOrder, "kind" | "tenantId" | "email">): Promise<Wait | null>;
}

export interface Move {
  moveId: string;
  tenantId: string;
  fromEmail: string;
  toEmail: string;
}

export type Factor = "password" | "second factor";

export interface AttemptSubject {
  tenantId: string;
  email: string;
  address: string;
}

export interface Attempt {
  /** Null when it may go on. */
  wait: Wait | null;
  /** Where it fails, it is one too many in a row, and has closed the factor. */
  closes: boolean;
}

export interface Wait {
  retryAfterSeconds: number;
  limit: number;
  /** No time ends it, however often somebody comes back: recovery by mail does. */
  untilRecovered?: true;
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
  | "revocation"
  | "administration";

/** The outer fences: cheap, per location, approximate. True when the attempt may go on. */
export interface Fences {
  credentials(address: string): Promise<boolean>;
  /** Around the /48 of an IPv6 sender, of which each /64 has the one above. */
  credentialSites(site: string): Promise<boolean>;
  deviceStart(address: string, clientId: string): Promise<boolean>;
  /** Around what costs a call of a store and checks no guessable secret. */
  requests(kind: RequestKind, subject: string): Promise<boolean>;
  /** Around what was made here and comes back, by address. */
  returns(kind: RequestKind, address: string): Promise<boolean>;
}
