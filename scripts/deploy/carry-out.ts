import { styleText } from "node:util";
import { Problem } from "../problem.ts";
import { say } from "../say.ts";
import type { Step } from "./step.ts";

/** Does one step after the other. Where one fails, says which were done and how to go on. */
export async function carryOut(steps: readonly Step[], stop: AbortSignal): Promise<void> {
  for (const [index, step] of steps.entries()) {
    stop.throwIfAborted();
    try {
      await step.carryOut(stop);
    } catch (error) {
      stop.throwIfAborted();
      throw brokenOff(steps, index, error);
    }
    say(`${styleText("green", "✓")} ${step.does}`);
  }
}

function brokenOff(steps: readonly Step[], index: number, error: unknown): Problem {
  const left = steps.slice(index).map(({ does }) => `  ${does}`);
  const done =
    index === 0 ? "Nothing was changed." : `${index} of ${steps.length} steps were done.`;
  const advice = error instanceof Problem ? `\n${error.advice}` : "";
  return new Problem(
    `Could not ${steps[index]?.does}.\n${(error as Error).message}`,
    `${done} Left:\n${left.join("\n")}\nRun the same command again once that is put right: it begins where this one ended.${advice}`,
    { cause: error },
  );
}
