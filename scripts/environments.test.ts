import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { readConfig } from "./deploy/read-config.ts";
import { writeSettings } from "./deploy/write-settings.ts";

/** What an environment has to have of its own, by where it stands. */
const OWN = [
  /^name$/,
  /^vars\.(?:PUBLIC_URL|MAIL_FROM)$/,
  /\.database_name$/,
  /^queues\.(?:producers|consumers)\.\d+\.(?:queue|dead_letter_queue)$/,
  /^ratelimits\.\d+\.namespace_id$/,
];

/** What may be its own: settings, the ids that a deployment fills in, the domain, what Wrangler adds. */
const MAY_DIFFER = [
  /^vars\./,
  /\.database_id$/,
  /^kv_namespaces\.\d+\.id$/,
  /^routes?\b/,
  /^targetEnvironment$/,
  /^(?:topLevelName|definedEnvironments)\b/,
];

/** Everything that a config says, by where it stands. */
function leaves(value: unknown, path = ""): [string, unknown][] {
  return value !== null && typeof value === "object"
    ? Object.entries(value).flatMap(([name, inner]) =>
        leaves(inner, path ? `${path}.${name}` : name),
      )
    : [[path, value]];
}

function config(env: string): Map<string, unknown> {
  return new Map(
    leaves(readConfig("wrangler.toml", env)).filter(
      ([path]) => !/^routes?\b|^targetEnvironment$/.test(path),
    ),
  );
}

const is = (patterns: readonly RegExp[], path: string) => patterns.some((it) => it.test(path));

test("staging binds what production binds, under the same names", () => {
  const [production, staging] = [config(""), config("staging")];
  assert.deepEqual([...staging.keys()].sort(), [...production.keys()].sort());
});

test("staging differs from production in its names alone, and shares no store with it", () => {
  const [production, staging] = [config(""), config("staging")];
  for (const [path, value] of production) {
    if (is(OWN, path)) {
      assert.notEqual(staging.get(path), value, `${path} is production's`);
    } else if (!is(MAY_DIFFER, path)) {
      assert.deepEqual(staging.get(path), value, path);
    }
  }
});

test("production's domain stays production's: staging has routes of its own, from the start none", () => {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-environments-"));
  const file = join(folder, "wrangler.toml");
  try {
    copyFileSync("wrangler.toml", file);
    writeSettings(file, "", { domain: "auth.acme.test" });
    assert.deepEqual(readConfig(file, "staging").routes, []);
    const [own] = readConfig(file, "").routes ?? [];
    assert.deepEqual(own, { pattern: "auth.acme.test", custom_domain: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
