import { LatchkeyError } from "../latchkey-error.ts";

/** Whether asking again later may help. */
export function isPassing(error: unknown): error is LatchkeyError {
  return error instanceof LatchkeyError && error.isPassing;
}
