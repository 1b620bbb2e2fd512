import { median, quantile } from "../enumeration/statistics.ts";
import type { Measurement } from "../running/load/run-phase.ts";
import type {
  CallFigures,
  Entry,
  Observed,
  ReturnFigures,
  SignInFigures,
  Try,
  VariantResult,
} from "./result.ts";
import type { VariantName } from "./variants.ts";

/** What came out for one variant in all rounds. */
export function summarise(variant: VariantName, rounds: readonly Observed[]): VariantResult {
  const figures = (when: "quiet" | "storm") => ({
    refresh: callFigures(rounds.map((round) => round[when].refresh)),
    publicKeys: callFigures(rounds.map((round) => round[when].publicKeys)),
  });
  const milliseconds = sum(rounds.map(({ stormMilliseconds }) => stormMilliseconds));
  const tries = rounds.flatMap((round) => round.tries);
  return {
    variant,
    quiet: figures("quiet"),
    storm: figures("storm"),
    signIns: signInFigures(tries, milliseconds),
    returns: returnFigures(rounds.flatMap(({ entries }) => entries)),
    senderBusy: rounded(Math.max(...rounds.map(({ storm }) => storm.refresh.senderBusy))),
  };
}

/** Quantiles over the answers of all rounds; p99 of each round beside them, to show how far they differ. */
export function callFigures(rounds: readonly Measurement[]): CallFigures {
  const latencies = rounds.flatMap((round) => round.latencies);
  const p99s = rounds.map((round) => rounded(quantile(round.latencies, 0.99)));
  return {
    answers: latencies.length,
    answersPerSecond: perSecond(latencies.length, sum(rounds.map((round) => round.milliseconds))),
    medianMs: rounded(median(latencies)),
    p99Ms: rounded(quantile(latencies, 0.99)),
    p99OfRounds: { least: Math.min(...p99s), most: Math.max(...p99s) },
    maxMs: rounded(Math.max(...latencies)),
  };
}

/** Of a storm that took so long, the last answer included. */
export function signInFigures(tries: readonly Try[], milliseconds: number): SignInFigures {
  const signedIn = tries.filter((one) => one.retryAfterSeconds === null);
  const times = signedIn.map((one) => one.milliseconds);
  const told = tries.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
  return {
    signedInPerSecond: perSecond(signedIn.length, milliseconds),
    medianMs: times.length === 0 ? null : rounded(median(times)),
    maxMs: times.length === 0 ? null : rounded(Math.max(...times)),
    turnedAwayPerSecond: perSecond(told.length, milliseconds),
    retryAfterSeconds:
      told.length === 0
        ? null
        : { least: Math.min(...told), median: median(told), most: Math.max(...told) },
  };
}

export function returnFigures(entries: readonly Entry[]): ReturnFigures {
  const inBy = (most: number) => entries.filter(({ isIn, tries }) => isIn && tries <= most).length;
  return {
    people: entries.length,
    inAtOnce: inBy(1),
    inAfterOneReturn: inBy(2),
    in: inBy(Number.POSITIVE_INFINITY),
    seconds: rounded(Math.max(...entries.map(({ seconds }) => seconds))),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function perSecond(count: number, milliseconds: number): number {
  return rounded((count / milliseconds) * 1000);
}

/** To three digits that say something. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
