import assert from "node:assert/strict";
import { test } from "node:test";
import { COMMANDS } from "./commands.ts";

/** Whether an example of `--help` only reads. One that reads a file that is not there changes something. */
function onlyReads(name: string, example: string): boolean {
  try {
    const line = example.replace(/ >.*/, "").replace("…", "0".repeat(56));
    const args = line.split(" ").filter(Boolean);
    return COMMANDS[name]?.read(name, args)?.task.readsOnly === true;
  } catch {
    return false;
  }
}

for (const [name, command] of Object.entries(COMMANDS)) {
  test(`the help of ${name} has --yes where it changes something, and nowhere else`, () => {
    const help = command.help(name);
    const examples = [...help.matchAll(/^ {2}npm run admin -- (.*)$/gm)].map(([, line = ""]) =>
      line.slice(name.length),
    );
    assert.ok(examples.length > 0);
    const reads = examples.every((example) => onlyReads(name, example));
    assert.equal(/^ {2}--yes /m.test(help), !reads);
  });
}
