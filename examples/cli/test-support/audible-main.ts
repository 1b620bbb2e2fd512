import { once } from "node:events";
import { realSurroundings } from "../real-surroundings.ts";
import { run } from "../run.ts";

/** The program, which begins when it is told to and says on stderr that it waits whenever it does. */
const real = realSurroundings(new AbortController().signal);
const sleep = (milliseconds: number) => {
  process.stderr.write("waiting\n");
  return real.sleep(milliseconds);
};
process.stderr.write("ready\n");
await once(process.stdin, "data");
process.stdin.destroy();
process.exitCode = await run(process.argv.slice(2), { ...real, sleep });
