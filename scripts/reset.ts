import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./project-folder.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const state = join(".wrangler", "state");

await runScript(async () => {
  if (!existsSync(join(projectFolder, state))) {
    say(`Nothing to delete: there is no local data in ${state}.`);
    return;
  }
  say(`Deleting ${state}: all local accounts, sessions, codes, clients and mail.`);
  rmSync(join(projectFolder, state), { recursive: true, force: true });
  say("Done. .dev.vars and its secret are kept. If a server is running, start it again.");
});
