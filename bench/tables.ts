import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../scripts/project-folder.ts";
import { readOptions } from "../scripts/read-options.ts";
import { runScript } from "../scripts/run-script.ts";
import { say } from "../scripts/say.ts";
import { documented } from "./documented.ts";

const HELP = `Writes every table and picture in docs/ anew that a measurement has written, from the figures in
bench/results. Measures nothing: it is for a change of how they are told.

npm run bench:tables`;

await runScript(async () => {
  if (!readOptions(process.argv.slice(2), {}, HELP)) {
    return;
  }
  for (const { file, withFigures } of documented) {
    writeFileSync(join(projectFolder, file), withFigures());
  }
  say(`Written: ${[...new Set(documented.map(({ file }) => file))].join(", ")}.`);
});
