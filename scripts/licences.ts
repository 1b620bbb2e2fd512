import { installed, type LockFile, readLockFiles } from "./dependencies/lock-files.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";

/** SPDX ids that ask for no more than a notice: what is shipped may be under these. */
const PERMISSIVE = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);
/** Tools may also be under these, which bind whoever passes them on: nobody does. */
const FOR_TOOLS = new Set([
  ...PERMISSIVE,
  "CC0-1.0",
  "LGPL-3.0-or-later",
  // MIT without its one condition.
  "MIT-0",
  "MPL-2.0",
  // The Python Software Foundation's, of what was translated from Python: a notice and a list of changes.
  "PSF-2.0",
  // A dedication to the public, as CC0-1.0 is.
  "Unlicense",
]);

/** Every locked package whose licence is not among those that we agreed on, with what it says. */
export function unwelcomeLicences(lockFiles: readonly LockFile[]): string[] {
  return lockFiles.flatMap((lockFile) =>
    installed(lockFile)
      .filter(([, { license, dev }]) => !isAllowed(license, dev ? FOR_TOOLS : PERMISSIVE))
      .map(([folder, { license = "none" }]) => `${lockFile.path}: ${folder}: ${license}`),
  );
}

/** Of a choice one has to be allowed, of a sum all. Nested expressions are for a person to read. */
function isAllowed(expression = "", allowed: ReadonlySet<string>): boolean {
  const choices = expression.replace(/^\((.*)\)$/, "$1").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((id) => allowed.has(id)));
}

if (import.meta.main) {
  await runScript(async () => {
    const unwelcome = unwelcomeLicences(readLockFiles());
    if (unwelcome.length > 0) {
      throw new Problem(
        `Licences nobody agreed to:\n${unwelcome.join("\n")}`,
        "Choose another package, or add the licence to scripts/licences.ts and say why.",
      );
    }
  });
}
