import { confirm } from "../confirm.ts";
import { say } from "../say.ts";
import type { Order } from "./command.ts";
import type { Task } from "./task.ts";
import type { Work } from "./work.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** Says what a remote database is about to be told and asks. Anything but a yes ends the command. */
export async function confirmRemote(
  { task, yes, env }: Order<Task | Work>,
  stop: AbortSignal,
): Promise<void> {
  const database = `the remote database ${wranglerSetting("database_name", env) ?? "DB"}`;
  say(`In ${database} (${wranglerSetting("database_id", env)}), this will ${task.intent}.`);
  if (!yes && !task.readsOnly) {
    await confirm("Go on? y/N ", stop);
  }
}
