import { runningServers } from "../dev/running-servers.ts";
import type { Order } from "./command.ts";
import type { Site } from "./task.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** What runs on the database: the deployed service, or the development server as it is or would be. */
export function siteOf({ remote, persistTo }: Pick<Order, "remote" | "persistTo">): Site {
  const where = remote ? " --remote" : persistTo === null ? "" : ` --persist-to ${persistTo}`;
  return {
    publicUrl: remote ? (wranglerSetting("PUBLIC_URL") ?? "<PUBLIC_URL>") : localUrl(),
    admin: (line) => `npm run admin -- ${line}${where}`,
  };
}

function localUrl(): string {
  const [server] = runningServers();
  return `http://localhost:${server?.port ?? 8787}`;
}
