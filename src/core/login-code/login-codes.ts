/**
 * E-mailed login codes, one an address: a new one voids the old. Wrong tries are counted exactly. That a
 * code opens one session is decided where that is opened, under the id which the code was kept with.
 */
export interface LoginCodes {
  /**
   * Keeps one of two codes in place of the one before, and says which: the short one with all its
   * tries or, where too many wrong ones were tried in a row, the long one with as many as anybody
   * likes. An order that comes again gets no new tries.
   */
  put(mailbox: Mailbox, drawn: DrawnCodes, lifetimeSeconds: number): Promise<"short" | "long">;
  /**
   * Counts a wrong try at a short code, also where no code was sent: nobody learns which. A right one
   * stays.
   */
  check(mailbox: Mailbox, digests: readonly string[]): Promise<LoginCodeAnswer>;
  /** Forgets the code, and the row of wrong ones, but not its tries. Nothing where another is kept by now. */
  forget(mailbox: Mailbox, digests: readonly string[]): Promise<void>;
}

export interface DrawnCodes {
  /** What a code that could be guessed would be kept as. */
  shortDigest: string;
  /** The same of one that nobody guesses. */
  longDigest: string;
  /** The account that the mail knew of; null where there was none. */
  announcedId: string | null;
  /** The same for a letter that is written again. */
  orderId: string;
  /** Of the session that the code opens. */
  sessionId: string;
}

export interface Mailbox {
  tenantId: string;
  email: string;
}

export type LoginCodeAnswer =
  | ({ is: "right" } & Pick<DrawnCodes, "announcedId" | "sessionId">)
  | { is: "wrong" }
  | { is: "exhausted"; retryAfterSeconds: number };
