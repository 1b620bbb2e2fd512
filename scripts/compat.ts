import { rmSync } from "node:fs";
import { join } from "node:path";
import { judge } from "./compat/judge.ts";
import { previousRelease } from "./compat/releases.ts";
import { testOnSchema } from "./compat/test-on-schema.ts";
import { isThere, unpack } from "./compat/unpack.ts";
import { Problem } from "./problem.ts";
import { projectFolder } from "./project-folder.ts";
import { readOptions } from "./read-options.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const HELP = `Shows that the previous release still works once the migrations of this checkout were applied, as it has to
between the migrations and the deployment: runs its own tests of storage and of the contracts on them.

npm run compat -- [options]

  --where-known  say so and end well where this checkout's history does not reach back to that release
  --help         this`;

/** What reaches every table, by the code that reaches it in production. */
const TESTS = ["test/storage", "test/conformance"];

await runScript(async (stop) => {
  const options = { "where-known": { type: "boolean", default: false } } as const;
  const given = readOptions(process.argv.slice(2), options, HELP);
  if (!given) {
    return;
  }
  const release = previousRelease();
  const name = `${release.version} (${release.commit.slice(0, 12)})`;
  if (given["where-known"] && !isThere(release)) {
    say(`Not run: the history of this checkout does not reach back to ${name}.`);
    return;
  }
  // Under the project, so that its packages are found, and out of git.
  const folder = join(projectFolder, ".wrangler", "compat", release.version);
  try {
    rmSync(folder, { recursive: true, force: true });
    unpack(release, folder);
    say(`Running the tests of ${name} on the migrations of this checkout …`);
    const migrations = join(projectFolder, "drizzle");
    const tested = await testOnSchema({ folder, migrations, tests: TESTS }, stop);
    const wrong = judge(tested, release.differences);
    if (wrong.length > 0) {
      throw new Problem(
        `${name} does not get on with the migrations of this checkout.\n${wrong.join("\n")}`,
        "Expand first and contract in a later release: drizzle/README.md",
      );
    }
    say(`${tested.passed} tests of ${name} pass on them.`);
    for (const { tests, since, why } of release.differences) {
      say(`Known: ${tests} does not since ${since}. ${why}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
