import type { Refused } from "../core/refused.ts";

/** "Try again in 2 minutes.", rounded up, so that whoever does is not too early. */
export function whenToComeBack({ comeBack }: Refused): string {
  return comeBack ? `Try again in ${inWords(comeBack.retryAfterSeconds)}.` : "Try again later.";
}

function inWords(seconds: number): string {
  if (seconds < 120) {
    return counted(seconds, "second");
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? counted(minutes, "minute") : counted(Math.ceil(minutes / 60), "hour");
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
