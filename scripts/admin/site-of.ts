import { EVERY_MINUTE } from "../../src/runs/every-minute.ts";
import { localUrl } from "../dev/local-url.ts";
import type { Place } from "./command.ts";
import type { Site } from "./task.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** What runs on the database: the deployed service, or the development server as it is or would be. */
export function siteOf({ remote, persistTo, env }: Place): Site {
  const there = env === undefined ? " --remote" : ` --remote --env ${env}`;
  const where = remote ? there : persistTo === null ? "" : ` --persist-to ${persistTo}`;
  const publicUrl = remote ? (wranglerSetting("PUBLIC_URL", env) ?? "<PUBLIC_URL>") : localUrl();
  return {
    publicUrl,
    runs: remote ? null : runsAt(publicUrl),
    admin: (line) => `npm run admin -- ${line}${where}`,
  };
}

/** docs/operating.md has them too. */
function runsAt(url: string): Site["runs"] {
  const run = `${url}/cdn-cgi/handler/scheduled`;
  return { hour: `curl ${run}`, minute: `curl "${run}?cron=${EVERY_MINUTE.replaceAll(" ", "+")}"` };
}
