import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { judge } from "./compat/judge.ts";
import { testOnSchema } from "./compat/test-on-schema.ts";
import { projectFolder } from "./project-folder.ts";

/** As little as it takes to run a test of storage. */
const PARTS = [
  ...["src", "test", "scripts", "drizzle"],
  ...["package.json", "tsconfig.json", "vitest.config.ts", "wrangler.toml"],
];
const TESTS = ["test/storage/tenants.test.ts"];

const folder = join(projectFolder, ".wrangler", "compat", `test-${process.pid}`);
const migrations = mkdtempSync(join(tmpdir(), "latchkey-migrations-"));
after(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(migrations, { recursive: true });
});

/** Tests this very code on its own migrations and one more. */
async function testedAfter(statement: string, tests = TESTS) {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) {
    cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
  }
  cpSync(join(projectFolder, "drizzle"), migrations, { recursive: true });
  writeFileSync(join(migrations, "9999_next.sql"), statement);
  return testOnSchema({ folder, migrations, tests }, new AbortController().signal);
}

test("a migration that expands breaks no test of a release before it", async () => {
  const tested = await testedAfter("ALTER TABLE `tenants` ADD `motto` text;");
  assert.deepEqual(judge(tested, []), []);
  assert.ok(tested.passed > 0);
});

test("a test that fails one time in many breaks no release", async () => {
  const moody = "test/storage/moody.test.ts";
  mkdirSync(join(folder, "test", "storage"), { recursive: true });
  writeFileSync(
    join(folder, moody),
    `import { expect, it } from "vitest";
     let times = 0;
     it("fails first", () => expect(++times).toBe(2));`,
  );
  const tested = await testedAfter("ALTER TABLE `tenants` ADD `motto` text;", [moody]);
  assert.deepEqual({ passed: tested.passed, failed: tested.failed.size }, { passed: 1, failed: 0 });
});

test("a column that was renamed under a running Worker is seen", async () => {
  const tested = await testedAfter("ALTER TABLE `tenants` RENAME COLUMN `name` TO `title`;");
  assert.match(judge(tested, []).join("\n"), /^test\/storage\/tenants\.test\.ts fails:\n {2}\S/);
});

test("a difference is one as long as its tests fail", () => {
  const known = { tests: "test/a.test.ts", since: "0001_a", why: "It is so." };
  const failing = { passed: 1, failed: new Map([["test/a.test.ts", ["goes on"]]]) };
  assert.deepEqual(judge(failing, [known]), []);
  assert.match(judge({ passed: 2, failed: new Map() }, [known]).join(), /remove it/);
});
