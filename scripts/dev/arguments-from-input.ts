/**
 * Loaded ahead of a program whose further arguments nobody may see: everybody on a machine may list the
 * arguments of its processes. They are read from the standard input, as an array in JSON.
 */
import { text } from "node:stream/consumers";
import { isMainThread } from "node:worker_threads";

// What the program starts itself would inherit this, and find nothing to read.
if (isMainThread) {
  process.execArgv.splice(0);
  process.argv.push(...(JSON.parse(await text(process.stdin)) as string[]));
}
