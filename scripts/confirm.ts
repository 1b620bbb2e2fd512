import { createInterface } from "node:readline/promises";
import { Problem } from "./problem.ts";

/** Asks before something is changed. Anything but a yes ends the command. */
export async function confirm(question: string, stop: AbortSignal): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem(
      "There is no terminal to ask on.",
      "Nothing was written. Add --yes to write without being asked.",
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C and Ctrl-D are no answer, and end the question with an error.
    const answer = await terminal.question(question, { signal: stop }).catch(() => "");
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new Problem("Nothing was written.", "Answer y to go on.");
    }
  } finally {
    terminal.close();
  }
}
