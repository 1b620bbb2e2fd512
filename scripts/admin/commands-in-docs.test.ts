import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectFolder } from "../project-folder.ts";
import { COMMANDS } from "./commands.ts";

const FILES = ["README.md", "docs/**/*.md", "examples/*/README.md"];
const read = (path: string) => readFileSync(join(projectFolder, path), "utf8");
const written = globSync(FILES, { cwd: projectFolder })
  .filter((path) => !path.includes("node_modules"))
  .map(read)
  .join("\n");

/** Command lines, without what a comment, a pipe or the end of code says. */
const lines = [
  ...written.replaceAll(/\\\n\s*/g, "").matchAll(/npm run (?:-s )?admin -- ([^\n`]*)/g),
].map(([, line = ""]) => line.replace(/ +[#>|] .*/, ""));

const nameOf = (line: string) =>
  Object.keys(COMMANDS).find((name) => line === name || line.startsWith(`${name} `));

test("README.md and docs/ show every command", () => {
  const shown = new Set(lines.map(nameOf));
  assert.deepEqual(
    Object.keys(COMMANDS).filter((name) => !shown.has(name)),
    [],
  );
});

test("they give each command options that it has", () => {
  assert.ok(lines.length > 50);
  for (const line of lines.filter((line) => !/^(?:<command>|…|--help)/.test(line))) {
    const name = nameOf(line) ?? assert.fail(`${line} is no command`);
    const help = COMMANDS[name]?.help(name) ?? "";
    for (const [option] of line.matchAll(/(?<= )--[a-z-]+/g)) {
      assert.match(help, new RegExp(`^ {2}${option}(?: |$)`, "m"), line);
    }
  }
});

test("docs/operating.md names the commands that go through a running service, and no others", () => {
  const [, named = ""] =
    /goes through it with `--url https:\/\/auth\.example\.com`, for (.*?)\. It takes/.exec(
      read("docs/operating.md"),
    ) ?? [];
  const through = Object.entries(COMMANDS).filter(([name, command]) =>
    command.help(name).includes("--url <https://…>"),
  );
  assert.deepEqual(
    [...named.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name).sort(),
    through.map(([name]) => name).sort(),
  );
});
