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

/** What came out for one variant. */
export function summarise(variant: VariantName, observed: Observed): VariantResult {
  const { quiet, storm, tries, entries } = observed;
  return {
    variant,
    quiet: { refresh: callFigures(quiet.refresh), publicKeys: callFigures(quiet.publicKeys) },
    storm: { refresh: callFigures(storm.refresh), publicKeys: callFigures(storm.publicKeys) },
    signIns: signInFigures(tries, observed.stormMilliseconds),
    returns: returnFigures(entries),
    senderBusy: rounded(storm.refresh.senderBusy),
  };
}

export function callFigures({ latencies, milliseconds }: Measurement): CallFigures {
  return {
    answers: latencies.length,
    answersPerSecond: perSecond(latencies.length, milliseconds),
    medianMs: rounded(median(latencies)),
    p99Ms: rounded(quantile(latencies, 0.99)),
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

function perSecond(count: number, milliseconds: number): number {
  return rounded((count / milliseconds) * 1000);
}

/** To three digits that say something. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
