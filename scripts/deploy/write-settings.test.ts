import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { readConfig } from "./read-config.ts";
import { writeId, writeSettings } from "./write-settings.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-settings-"));
const file = join(folder, "wrangler.toml");
after(() => rmSync(folder, { recursive: true }));
beforeEach(() => copyFileSync("wrangler.toml", file));

test("settings are written for their environment, and nothing else is touched", () => {
  const before = readConfig(file, "");
  writeSettings(file, "staging", {
    domain: "auth.acme.test",
    mailFrom: 'The "Acme" <a@acme.test>',
  });
  const { vars, routes } = readConfig(file, "staging");
  assert.equal(vars["PUBLIC_URL"], "https://auth.acme.test");
  assert.equal(vars["MAIL_FROM"], 'The "Acme" <a@acme.test>');
  assert.deepEqual(routes, [{ pattern: "auth.acme.test", custom_domain: true }]);
  assert.deepEqual(readConfig(file, ""), before);
});

test("a setting may be written again, and comments stay", () => {
  writeSettings(file, "", { domain: "one.acme.test" });
  writeSettings(file, "", { domain: "two.acme.test" });
  assert.equal(readConfig(file, "").vars["PUBLIC_URL"], "https://two.acme.test");
  const comments = (path: string) => readFileSync(path, "utf8").match(/^# (?!routes).*$/gm);
  assert.deepEqual(comments(file), comments("wrangler.toml"));
});

for (const env of ["", "staging"]) {
  test(`a host of workers.dev gets no route, and takes that of before: ${env || "production"}`, () => {
    writeSettings(file, "", { domain: "auth.acme.test" });
    writeSettings(file, env, { domain: "before.acme.test" });
    writeSettings(file, env, { domain: "latchkey.acme.workers.dev" });
    const { vars, routes } = readConfig(file, env);
    assert.equal(vars["PUBLIC_URL"], "https://latchkey.acme.workers.dev");
    assert.deepEqual(routes, []);
  });
}

test("an id is written to the store of its binding and its environment", () => {
  const id = "22222222-2222-4222-8222-222222222222";
  writeId(file, "staging", "d1_databases", { binding: "DB", id });
  assert.equal(readConfig(file, "staging").d1_databases[0]?.database_id, id);
  assert.notEqual(readConfig(file, "").d1_databases[0]?.database_id, id);
});

test("a line that is not there is named, and nothing is written", () => {
  const without = readFileSync(file, "utf8").replace(/^MAIL_FROM.*\n/m, "");
  writeFileSync(file, without);
  const writing = () => writeSettings(file, "", { domain: "a.test", mailFrom: "a@a.test" });
  assert.throws(writing, /no line for MAIL_FROM under \[vars\]/);
  assert.equal(readFileSync(file, "utf8"), without);
});
