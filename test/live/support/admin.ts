import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** What an operator's command says that is run on stores of this machine, and says no error. */
export async function admin(persistTo: string, ...args: string[]): Promise<string> {
  const command = spawn(
    process.execPath,
    ["scripts/admin.ts", ...args, "--persist-to", persistTo],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  const [said, errors] = await Promise.all([text(command.stdout), text(command.stderr)]);
  assert.equal(errors, "");
  return said;
}
