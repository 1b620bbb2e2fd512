import { backOffSeconds } from "../http/back-off-seconds.ts";

/** How a device polls, after what it was told so far. */
export interface PollPace {
  /** The least time between polls that the server asked for. It only grows. */
  readonly intervalSeconds: number;
  /** Polls in a row without a usable answer. */
  readonly failures: number;
}

/** What came of a poll that brought no decision. */
export type PollOutcome =
  /** `heldSeconds`: how long the server kept a poll that asked it to wait; 0 for one that did not. */
  | { readonly kind: "pending"; readonly heldSeconds: number }
  | { readonly kind: "slow_down"; readonly retryAfterSeconds: number }
  | { readonly kind: "trouble"; readonly retryAfterSeconds: number };

/** What `slow_down` adds for good: RFC 8628 §3.5. */
const slowDownSeconds = 5;
const longestBackOffSeconds = 30;
const jitter = 0.1;

/** The time before a poll that follows the interval. Chance only ever makes it longer. */
export function intervalWithJitter(pace: PollPace, random: () => number): number {
  return pace.intervalSeconds * (1 + jitter * random());
}

/**
 * When to poll again: RFC 8628 §3.5. After a poll that was held for the interval, at once; after trouble
 * in exponential steps, from twice the interval up to half a minute or the interval, whichever is longer.
 */
export function nextPoll(
  pace: PollPace,
  outcome: PollOutcome,
  random: () => number,
): { readonly pace: PollPace; readonly waitSeconds: number } {
  if (outcome.kind === "pending") {
    const calm = { ...pace, failures: 0 };
    const heldLongEnough = outcome.heldSeconds >= pace.intervalSeconds;
    return { pace: calm, waitSeconds: heldLongEnough ? 0 : intervalWithJitter(calm, random) };
  }
  if (outcome.kind === "slow_down") {
    const slower = { intervalSeconds: pace.intervalSeconds + slowDownSeconds, failures: 0 };
    const least = Math.max(slower.intervalSeconds, outcome.retryAfterSeconds);
    return { pace: slower, waitSeconds: least * (1 + jitter * random()) };
  }
  const failures = pace.failures + 1;
  const steps = {
    baseSeconds: pace.intervalSeconds * 2,
    capSeconds: Math.max(longestBackOffSeconds, pace.intervalSeconds),
  };
  const waitSeconds = backOffSeconds(failures, steps, outcome.retryAfterSeconds, random);
  return { pace: { ...pace, failures }, waitSeconds };
}
