import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { breakingStatements, tablesMadeIn } from "./compat/breaking-statements.ts";
import { previousRelease, releases } from "./compat/releases.ts";
import { migrations } from "./test-support/migrations.ts";

const released = releases().map(({ version }) => version);
const since = migrations().slice(previousRelease().migrations);

test("every migration since the last release lets its Worker go on", () => {
  const tables = tablesMadeIn(since);
  const breaking = since.flatMap((sql) => breakingStatements(sql, { tables, released }));
  assert.deepEqual(breaking, [], "expand first, contract in a later release: drizzle/README.md");
});

for (const [what, sql] of [
  ["drops a table", "DROP TABLE `keys`;"],
  ["drops a column", "ALTER TABLE `keys` DROP COLUMN `prefix`;"],
  ["renames a table", "ALTER TABLE `keys` RENAME TO `api_keys`;"],
  ["renames a column", "ALTER TABLE `keys` RENAME COLUMN `prefix` TO `start`;"],
  ["adds what has to be filled", "ALTER TABLE `keys` ADD `made_by` text NOT NULL;"],
  ["makes rows unique", "CREATE UNIQUE INDEX `one` ON `keys` (`name`);"],
  ["refuses rows", "CREATE TRIGGER `t` BEFORE DELETE ON `keys`\nBEGIN\n  SELECT 1;\nEND;"],
  ["removes rows", "DELETE FROM `keys`;"],
  ["comes second", "CREATE TABLE `a` (`b` text);--> statement-breakpoint\nDROP TABLE `keys`;"],
] as const) {
  test(`a migration that ${what} is refused, unless it says after which release it comes`, () => {
    const context = { tables: new Set<string>(), released: ["0.1.0"] };
    assert.equal(breakingStatements(sql, context).length, 1);
    const marked = sql.replace(
      /(DROP|ALTER|CREATE (?!TABLE)|DELETE)/,
      "-- after 0.1.0: unread\n$1",
    );
    assert.deepEqual(breakingStatements(marked, context), []);
    const early = marked.replace("0.1.0", "0.2.0");
    assert.equal(breakingStatements(early, context).length, 1);
  });
}

for (const sql of [
  "CREATE TABLE `a` (`b` text NOT NULL);",
  "CREATE INDEX `i` ON `keys` (`name`);",
  "ALTER TABLE `keys` ADD `made_by` text;",
  "ALTER TABLE `keys` ADD `uses` integer DEFAULT 0 NOT NULL;",
  "CREATE UNIQUE INDEX `one` ON `of_no_release` (`name`);",
  "UPDATE `keys` SET `made_by` = `account_id`;",
]) {
  test(`an expansion is let through: ${sql}`, () => {
    const context = { tables: new Set(["of_no_release"]), released: [] };
    assert.deepEqual(breakingStatements(sql, context), []);
  });
}

const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };

test("the changelog has every release, the one that is being made, and what comes after", () => {
  const headings = [...readFileSync("CHANGELOG.md", "utf8").matchAll(/^## \[([^\]]+)\]/gm)];
  assert.deepEqual(
    headings.map(([, name]) => name),
    ["Unreleased", ...new Set([version, ...released.toReversed()])],
  );
});

test("a release is a commit in full, and what differs from one is a migration", () => {
  for (const { commit, differences } of releases()) {
    assert.match(commit, /^[0-9a-f]{40}$/);
    assert.ok(differences.every(({ since }) => existsSync(`drizzle/${since}.sql`)));
  }
});
