import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireNoServer } from "./dev/require-no-server.ts";
import { localState, lockedStates } from "./local-state.ts";
import { projectFolder } from "./project-folder.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Deletes the local data: accounts, sessions, codes, clients and mail, also what was set aside
when its secret was lost. Keeps .dev.vars. Refuses while a server runs on the data.

npm run reset`;

await runScript(async () => {
  if (!readOptions(process.argv.slice(2), {}, HELP)) {
    return;
  }
  requireNoServer();
  const folders = [localState, ...lockedStates().taken].filter((folder) =>
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
  say("Done. .dev.vars and its secret are kept.");
});
