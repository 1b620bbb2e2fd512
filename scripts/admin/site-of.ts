import { localUrl } from "../dev/local-url.ts";
import type { Place } from "./command.ts";
import type { Site } from "./task.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** What runs on the database: the deployed service, or the development server as it is or would be. */
export function siteOf({ remote, persistTo, env }: Place): Site {
  const there = env === undefined ? " --remote" : ` --remote --env ${env}`;
  const where = remote ? there : persistTo === null ? "" : ` --persist-to ${persistTo}`;
  return {
    publicUrl: remote ? (wranglerSetting("PUBLIC_URL", env) ?? "<PUBLIC_URL>") : localUrl(),
    admin: (line) => `npm run admin -- ${line}${where}`,
  };
}
