import { spawnSync } from "node:child_process";
import { projectFolder } from "../project-folder.ts";
import { callWrangler, tryWrangler } from "./call-wrangler.ts";
import { closeDefaultTenant } from "./close-default-tenant.ts";
import { inFile, type NewSecret } from "./new-secret.ts";
import type { Step } from "./step.ts";
import { releasedVersion, type Target } from "./target.ts";

/**
 * The schema first, then the Worker that needs it: the one that runs meanwhile meets the new schema. What
 * would make a stranger the operator is closed in between.
 */
export async function releaseWorker(
  target: Target,
  { isNew, secret }: { isNew: boolean; secret: NewSecret | null },
  stop: AbortSignal,
): Promise<Step[]> {
  const version = releasedVersion(projectFolder);
  const migrations = await Promise.all(
    target.databases.map(async ({ binding, name, id }) => ({
      does: `apply to ${name} the migrations that it lacks${id === null ? "" : await applied(target, binding, stop)}`,
      carryOut: async (stopping: AbortSignal) => {
        await callWrangler(target, ["d1", "migrations", "apply", binding, "--remote"], stopping);
      },
    })),
  );
  const closing = await Promise.all(
    target.databases.map((store) => closeDefaultTenant(target, store, stop)),
  );
  // Without a terminal of its own Wrangler does not ask about that.
  const at = target.customDomains.map((host) => `, at ${host} in place of any DNS record there`);
  const how = secret === null ? "" : `, with ${secret.isKept ? "the" : "a new"} AUTH_SECRET`;
  const deploy: Step = {
    does: `${isNew ? "create" : "deploy"} the Worker ${target.worker} ${version}${how}${at.join("")}`,
    carryOut: (stopping) =>
      inFile(secret, async (secrets) => {
        await callWrangler(
          target,
          ["deploy", "--tag", `v${version}`, ...message(), ...secrets],
          stopping,
        );
      }),
  };
  return [...migrations, ...closing.flat(), deploy];
}

/** The commit that is deployed, for `wrangler versions list`. None outside a checkout. */
function message(): string[] {
  const { status, stdout } = spawnSync("git", ["describe", "--always", "--dirty", "--tags"], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  return status === 0 ? ["--message", stdout.trim()] : [];
}

/** How many there are already, in brackets. Only read: a database that has none has no table of them. */
async function applied(target: Target, binding: string, stop: AbortSignal): Promise<string> {
  const count = "SELECT count(*) AS applied FROM d1_migrations";
  const { code, output } = await tryWrangler(
    target,
    ["d1", "execute", binding, "--remote", "--json", "--command", count],
    stop,
  );
  return code === 0 ? ` (it has ${/"applied":\s*(\d+)/.exec(output)?.[1] ?? "some"})` : "";
}
