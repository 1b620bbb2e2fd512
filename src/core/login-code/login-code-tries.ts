import type { DrawnCodes } from "./login-codes.ts";

/** Of one short code: a sixth is refused, right or wrong. */
export const LOGIN_CODE_TRIES = 5;
/** How long wrong tries count where no code was sent. */
const WINDOW_SECONDS = 600;
/** Wrong codes in a row from which on a mailbox gets long ones (NIST SP 800-63B §3.2.2). */
const WRONG_IN_A_ROW = 100;

/** A mailbox's newest code and the wrong tries at it; they are counted where there is none, too. */
export interface KeptLoginCode {
  /** Null while there is no code to be right. */
  digest: string | null;
  /** Nobody guesses it: tries at it are not counted, nor are they once it is forgotten. */
  isLong: boolean;
  announcedId: string | null;
  sessionId: string;
  /** Null where none was ordered. */
  orderId: string | null;
  wrongTries: number;
  /** Unix milliseconds. */
  expiresAt: number;
}

/** A mailbox that no code was sent to, as it is while somebody tries one. */
export function withoutCode(now: Date): KeptLoginCode {
  return {
    digest: null,
    isLong: false,
    announcedId: null,
    sessionId: "",
    orderId: null,
    wrongTries: 0,
    expiresAt: now.getTime() + WINDOW_SECONDS * 1000,
  };
}

/**
 * What is kept in place of the code before: the short one of two with all its tries or, where too many
 * wrong ones were tried in a row, the long one. An order that comes again gets no new tries.
 */
export function replaceCode(
  before: KeptLoginCode,
  { shortDigest, longDigest, orderId, ...opens }: DrawnCodes,
  { wrongInARow, expiresAt }: { wrongInARow: number; expiresAt: Date },
): KeptLoginCode {
  const isLong = wrongInARow >= WRONG_IN_A_ROW;
  return {
    ...opens,
    digest: isLong ? longDigest : shortDigest,
    isLong,
    orderId,
    wrongTries: before.orderId === orderId ? before.wrongTries : 0,
    expiresAt: expiresAt.getTime(),
  };
}

/** Whether a code had all its tries. A long one never has. */
export function isUsedUp({ isLong, wrongTries }: KeptLoginCode): boolean {
  return !isLong && wrongTries >= LOGIN_CODE_TRIES;
}

/**
 * Counts a wrong try at a code, and where there was a code to guess, in the row of wrong ones. Null where
 * nothing is counted.
 */
export function countWrongTry(
  kept: KeptLoginCode,
  wrongInARow: number,
): { kept: KeptLoginCode; wrongInARow: number } | null {
  if (kept.isLong) {
    return null;
  }
  return {
    kept: { ...kept, wrongTries: kept.wrongTries + 1 },
    wrongInARow: kept.digest === null ? wrongInARow : wrongInARow + 1,
  };
}

/** The tries stay counted: a code that is forgotten opens no fresh five. */
export function forgetCode(kept: KeptLoginCode): KeptLoginCode {
  return { ...kept, digest: null };
}
