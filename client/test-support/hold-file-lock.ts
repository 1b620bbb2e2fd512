import { withFileLock } from "../node/with-file-lock.ts";

/** Takes the lock named on the command line, says so, and keeps it until the process dies. */
const [lockPath = ""] = process.argv.slice(2);
await withFileLock(lockPath, () => {
  process.stdout.write("held\n");
  setInterval(() => {}, 60_000);
  return new Promise(() => {});
});
