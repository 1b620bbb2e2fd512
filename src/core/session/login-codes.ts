/**
 * E-mailed login codes, one an address: a new one voids the old. Wrong tries are counted exactly. That a
 * code opens one session is decided where that is opened, under the id which the code was kept with.
 */
export interface LoginCodes {
  /**
   * Keeps a code, with all its tries, in place of the one before. False where so many wrong ones were
   * tried in a row that the mailbox has had its one of the day: the code opens nothing.
   */
  put(mailbox: Mailbox, code: KeptCode, lifetimeSeconds: number): Promise<boolean>;
  /** Counts a wrong try, also where no code was sent: nobody learns which. A right one is not spent. */
  check(mailbox: Mailbox, digests: readonly string[]): Promise<LoginCodeAnswer>;
  /** Forgets the code but not its tries. False when it was spent, replaced or has expired before. */
  spend(mailbox: Mailbox, digests: readonly string[]): Promise<boolean>;
}

export interface KeptCode {
  digest: string;
  /** The account that the mail knew of; null where there was none. */
  announcedId: string | null;
  /** Milliseconds since the epoch: the same for a letter that is written again. */
  orderedAt: number;
  /** Of the session that the code opens. */
  sessionId: string;
}

export interface Mailbox {
  tenantId: string;
  email: string;
}

export type LoginCodeAnswer =
  | ({ is: "right" } & Pick<KeptCode, "announcedId" | "sessionId">)
  | { is: "wrong" }
  | { is: "exhausted"; retryAfterSeconds: number };
