import type { Measurement } from "./run-phase.ts";

/** What is left of the time when a part of it is not worth making items for. */
const LEAST_PART = 0.05;

/**
 * Measures until the time is over, in parts where the items for a request are used up before: between
 * two parts others are made, and no time runs.
 */
export async function forTheWholeTime(
  seconds: number,
  measure: (seconds: number) => Promise<Measurement>,
): Promise<Measurement> {
  let whole = await measure(seconds);
  for (;;) {
    const left = seconds - whole.milliseconds / 1000;
    if (left < seconds * LEAST_PART) {
      return whole;
    }
    whole = together(whole, await measure(left));
  }
}

function together(one: Measurement, other: Measurement): Measurement {
  const milliseconds = one.milliseconds + other.milliseconds;
  const isCounted = one.cpuMilliseconds !== null && other.cpuMilliseconds !== null;
  return {
    requests: one.requests + other.requests,
    milliseconds,
    latencies: [...one.latencies, ...other.latencies],
    cpuMilliseconds: isCounted ? Number(one.cpuMilliseconds) + Number(other.cpuMilliseconds) : null,
    senderBusy:
      (one.senderBusy * one.milliseconds + other.senderBusy * other.milliseconds) / milliseconds,
  };
}
