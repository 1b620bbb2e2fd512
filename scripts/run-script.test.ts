import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { exitCode } from "./dev/exit-code.ts";

test("what a script does is done, though nobody reads any further what it says", async () => {
  const script = `
    import { once } from "node:events";
    import { runScript } from "./scripts/run-script.ts";
    import { say } from "./scripts/say.ts";
    await runScript(async () => {
      say("first");
      process.stdin.resume();
      await once(process.stdin, "end");
      for (let line = 0; line < 3; line += 1) {
        say("x".repeat(100_000));
        await new Promise((resolve) => setImmediate(resolve));
      }
      process.stderr.write("done");
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
  const said = text(child.stderr);
  await once(child.stdout, "data");
  child.stdout.destroy();
  await once(child.stdout, "close");
  child.stdin.end();
  const code = await exitCode(child);
  assert.deepEqual([code, await said], [0, "done"]);
});
