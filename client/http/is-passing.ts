import { LatchkeyError } from "../latchkey-error.ts";

const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Whether asking again later may help. */
export function isPassing(error: unknown): error is LatchkeyError {
  return (
    error instanceof LatchkeyError &&
    (error.code === "no_answer" || error.status >= 500 || PASSING_STATUSES.has(error.status))
  );
}
