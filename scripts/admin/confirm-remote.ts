import { confirm } from "../confirm.ts";
import { say } from "../say.ts";
import type { Order, Plan } from "./command.ts";
import { requireDeployed } from "./require-deployed.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/**
 * Says what a service or a remote database is about to be told and asks. Anything but a yes ends the
 * command, and so does a database that is not there yet.
 */
export async function confirmRemote(order: Order<Plan>, stop: AbortSignal): Promise<void> {
  const { task, yes, url } = order;
  say(`${url === null ? inDatabase(order) : `At ${url}`}, this will ${task.intent}.`);
  if (!yes && !task.readsOnly) {
    await confirm("Go on? y/N ", stop);
  }
  if (url === null) {
    requireDeployed(order.env);
  }
}

function inDatabase({ env }: Pick<Order, "env">): string {
  const name = wranglerSetting("database_name", env) ?? "DB";
  return `In the remote database ${name} (${wranglerSetting("database_id", env)})`;
}
