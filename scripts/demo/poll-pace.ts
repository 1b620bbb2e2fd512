import type { Answer } from "./ask.ts";
import { refusal } from "./replies.ts";

/** How a device polls, after what it was told so far. */
export interface Pace {
  intervalSeconds: number;
  /** Until the next poll. */
  waitSeconds: number;
  /** Polls in a row that got no usable answer. */
  failures: number;
  /** The last answer in a word. */
  said: string;
}

/**
 * When to poll again: RFC 8628 §3.5. Null as the answer means that none came. Null as the result means
 * that the answer is final and no tokens will come.
 */
export function nextPace(pace: Pace, answer: Answer | null): Pace | null {
  if (!answer || answer.status >= 500) {
    const failures = pace.failures + 1;
    const waitSeconds = Math.min(pace.intervalSeconds * 2 ** failures, 60);
    return { ...pace, failures, waitSeconds, said: answer ? `${answer.status}` : "no answer" };
  }
  const said = refusal.safeParse(answer.body).data?.error.code ?? `${answer.status}`;
  const intervalSeconds = pace.intervalSeconds + (said === "slow_down" ? 5 : 0);
  const retryAfterSeconds = Number(answer.headers.get("Retry-After") ?? 0) || 0;
  const waitSeconds = Math.max(intervalSeconds, retryAfterSeconds);
  const goesOn = said === "authorization_pending" || said === "slow_down" || answer.status === 429;
  return goesOn ? { intervalSeconds, waitSeconds, failures: 0, said } : null;
}
