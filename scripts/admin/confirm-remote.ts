import { createInterface } from "node:readline/promises";
import { Problem } from "../problem.ts";
import { say } from "../say.ts";
import type { Order } from "./command.ts";
import type { Task } from "./task.ts";
import type { Work } from "./work.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** Says what a remote database is about to be told and asks. Anything but a yes ends the command. */
export async function confirmRemote(
  { task, yes }: Order<Task | Work>,
  stop: AbortSignal,
): Promise<void> {
  const database = `the remote database ${wranglerSetting("database_name") ?? "DB"}`;
  say(`In ${database} (${wranglerSetting("database_id")}), this will ${task.intent}.`);
  if (yes || task.readsOnly) {
    return;
  }
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Problem(
      "There is no terminal to ask on.",
      "Nothing was written. Add --yes to write without being asked.",
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    // Ctrl-C and Ctrl-D are no answer, and end the question with an error.
    const answer = await terminal.question("Go on? y/N ", { signal: stop }).catch(() => "");
    if (!/^y(es)?$/i.test(answer.trim())) {
      throw new Problem("Nothing was written.", "Answer y to go on.");
    }
  } finally {
    terminal.close();
  }
}
