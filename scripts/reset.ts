import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { localState, lockedState } from "./local-state.ts";
import { projectFolder } from "./project-folder.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

await runScript(async () => {
  const folders = [localState, lockedState].filter((folder) =>
    existsSync(join(projectFolder, folder)),
  );
  if (folders.length === 0) {
    say(`Nothing to delete: there is no local data in ${localState}.`);
    return;
  }
  for (const folder of folders) {
    say(`Deleting ${folder}: all local accounts, sessions, codes, clients and mail in it.`);
    rmSync(join(projectFolder, folder), { recursive: true, force: true });
  }
  say("Done. .dev.vars and its secret are kept. If a server is running, start it again.");
});
