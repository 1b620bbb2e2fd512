import type { DeviceGrant, Word } from "./device-grant.ts";
import type { NoApproval } from "./take-word.ts";

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
  | { is: "decided"; clientId: string; clientName: string }
  | { is: NoApproval }
  | { is: "unknown" | "expired" | "already_decided" };
