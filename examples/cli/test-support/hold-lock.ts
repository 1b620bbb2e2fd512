import { realSurroundings } from "../real-surroundings.ts";
import { withLock } from "../tokens/with-lock.ts";

/** Takes the lock named on the command line, says so, and keeps it until the process dies. */
const [lockPath = ""] = process.argv.slice(2);
await withLock(lockPath, realSurroundings(new AbortController().signal), () => {
  process.stdout.write("held\n");
  setInterval(() => {}, 60_000);
  return new Promise(() => {});
});
