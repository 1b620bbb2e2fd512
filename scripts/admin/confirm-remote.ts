import { announce } from "../announce.ts";
import { confirm } from "../confirm.ts";
import type { Order, Plan } from "./command.ts";
import { requireDeployed } from "./require-deployed.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/**
 * Says how a service or a remote database is about to be changed and asks. Anything but a yes ends the
 * command, and so does a database that is not there yet.
 */
export async function confirmRemote(order: Order<Plan>, stop: AbortSignal): Promise<void> {
  const { task, yes, url } = order;
  if (!task.readsOnly) {
    announce(`${url === null ? inDatabase(order) : `At ${url}`}, this will ${task.intent}.`);
    if (!yes) {
      await confirm("Go on? y/N ", stop);
    }
  }
  if (url === null) {
    requireDeployed(order.env);
  }
}

function inDatabase({ env }: Pick<Order, "env">): string {
  const name = wranglerSetting("database_name", env) ?? "DB";
  return `In the remote database ${name} (${wranglerSetting("database_id", env)})`;
}
