import { Problem } from "../problem.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** Refuses an environment that has no database at Cloudflare yet: its id is the placeholder. */
export function requireDeployed(
  env: string | undefined,
  databaseId: string | null = wranglerSetting("database_id", env),
): void {
  if (databaseId === null || /^[0-]*$/.test(databaseId)) {
    const where = env === "staging" ? "staging" : "production";
    throw new Problem(
      `Nothing is deployed for ${where} yet: database_id in wrangler.toml is the placeholder.`,
      `Deploy it first, as docs/deploying.md says: npm run deploy${where === "staging" ? " -- --env staging" : ""}`,
    );
  }
}
