import type { Surroundings } from "../surroundings.ts";
import { answerProblem } from "./answer-problem.ts";
import { type Answer, ask, type Question } from "./ask.ts";
import { backOffSeconds } from "./back-off-seconds.ts";
import { isPassing } from "./is-passing.ts";
import { retryAfterSeconds } from "./retry-after-seconds.ts";

const tries = 4;
const steps = { baseSeconds: 0.5, capSeconds: 4 };
/** A server that asks for more than this gets it: from the person, who can do something else. */
const longestWaitSeconds = 10;

/**
 * Asks a few times while the trouble looks like passing, and is a problem when it does not pass. Any
 * other answer is returned, a refusal as well.
 */
export async function askPatiently(
  doing: string,
  question: Question,
  surroundings: Surroundings,
): Promise<Answer> {
  for (let failures = 1; ; failures += 1) {
    const heard = await ask(question, surroundings);
    if (heard.kind === "answer" && !isPassing(heard)) {
      return heard;
    }
    const asked =
      heard.kind === "answer" ? retryAfterSeconds(heard.headers, surroundings.now()) : 0;
    if (failures === tries || asked > longestWaitSeconds) {
      throw answerProblem(doing, question.url, heard);
    }
    await surroundings.sleep(backOffSeconds(failures, steps, asked, surroundings.random) * 1_000);
  }
}
