import type { Refused } from "../../core/refused.ts";
import { fill } from "../../texts/fill.ts";
import type { Texts } from "../../texts/texts.ts";

/** "Try again in 2 minutes.", rounded up, so that whoever does is not too early; or that time is no help, and what is. */
export function whenToComeBack({ time }: Texts, { comeBack }: Refused): string {
  if (comeBack?.untilRecovered) {
    return time.recover;
  }
  return comeBack
    ? fill(time.tryAgainIn, { span: inWords(time, comeBack.retryAfterSeconds) })
    : time.tryAgainLater;
}

function inWords(time: Texts["time"], seconds: number): string {
  if (seconds < 120) {
    return time.seconds(seconds);
  }
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? time.minutes(minutes) : time.hours(Math.ceil(minutes / 60));
}
