import type { Measurement } from "../running/load/run-phase.ts";
import type { VariantName } from "./variants.ts";

/** One answer to somebody who wants to sign in. */
export interface Try {
  milliseconds: number;
  /** What they were told who were turned away; null for those who are in. */
  retryAfterSeconds: number | null;
}

/** Somebody who tried until they were in, each time after the seconds they were told. */
export interface Entry {
  tries: number;
  isIn: boolean;
  seconds: number;
}

/** What the load saw of a service, all of it. */
export interface Observed {
  quiet: Calls;
  storm: Calls;
  tries: Try[];
  /** From the first sign-in of the storm to the last answer to one. */
  stormMilliseconds: number;
  /** Of those who came at once and did as they were told. */
  entries: Entry[];
}

export interface Calls {
  refresh: Measurement;
  publicKeys: Measurement;
}

/** How one thing was answered, alone or in the storm, over all rounds. */
export interface CallFigures {
  /** That the quantiles are taken over. */
  answers: number;
  answersPerSecond: number;
  medianMs: number;
  p99Ms: number;
  /** Of the rounds, each for itself. */
  p99OfRounds?: { least: number; most: number };
  maxMs: number;
}

export interface SignInFigures {
  signedInPerSecond: number;
  medianMs: number | null;
  maxMs: number | null;
  turnedAwayPerSecond: number;
  /** Least, median and most of what was said; null where nobody was turned away. */
  retryAfterSeconds: { least: number; median: number; most: number } | null;
}

/**
 * Of those who all came at once, in all rounds together: how many were in after how many tries, and how
 * long it took the last in the round that took longest.
 */
export interface ReturnFigures {
  people: number;
  inAtOnce: number;
  inAfterOneReturn: number;
  in: number;
  seconds: number;
}

export interface VariantResult {
  variant: VariantName;
  quiet: { refresh: CallFigures; publicKeys: CallFigures };
  storm: { refresh: CallFigures; publicKeys: CallFigures };
  signIns: SignInFigures;
  returns: ReturnFigures;
  /** Of the time of the storm that the sender was at work. */
  senderBusy: number;
}

export interface StormResult {
  date: string;
  machine: Readonly<Record<string, string | number>>;
  /** Of the minute before and the minute after, as the system gives it: how idle the machine was. */
  load: { before: number; after: number };
  rounds?: number;
  seconds: number;
  connections: number;
  goal: { p99Ms: number; reached: boolean };
  variants: VariantResult[];
}
