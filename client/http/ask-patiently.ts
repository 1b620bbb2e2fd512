import { LatchkeyError } from "../latchkey-error.ts";
import type { Platform } from "../platform.ts";
import type { Answer, Ask, Operation, Question } from "./ask.ts";
import { backOffSeconds } from "./back-off-seconds.ts";
import { isPassing } from "./is-passing.ts";

const TRIES = 4;
const STEPS = { baseSeconds: 0.5, capSeconds: 4 };
/** A server that asks for more gets it from the caller, who can do something else meanwhile. */
const LONGEST_WAIT_SECONDS = 10;

/**
 * Asks a few times while the trouble looks like passing. Only for what may be done twice: whether a
 * question without an answer was acted upon is unknown.
 */
export async function askPatiently<O extends Operation>(
  ask: Ask,
  { random, sleep }: Platform,
  operation: O,
  question: Question<O>,
): Promise<Answer<O>> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask(operation, question);
    } catch (error) {
      const asked = error instanceof LatchkeyError ? (error.retryAfterSeconds ?? 0) : 0;
      if (failures === TRIES || !isPassing(error) || asked > LONGEST_WAIT_SECONDS) {
        throw error;
      }
      await sleep(backOffSeconds(failures, STEPS, asked, random) * 1_000, question.signal);
    }
  }
}
