import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parseEnv } from "node:util";
import { readConfig } from "./deploy/read-config.ts";

// https://developers.cloudflare.com/workers/platform/deploy-buttons/ is where these rules stand.

const BUTTON =
  /\[!\[Deploy to Cloudflare\]\(https:\/\/deploy\.workers\.cloudflare\.com\/button\)\]\(https:\/\/deploy\.workers\.cloudflare\.com\/\?url=([^)\s]+)\)/;

const config = readConfig("wrangler.toml", "");
const { scripts, cloudflare } = JSON.parse(readFileSync("package.json", "utf8")) as {
  scripts: Readonly<Record<string, string>>;
  cloudflare: { bindings: Readonly<Record<string, { description: string }>> };
};
const secrets = Object.keys(parseEnv(readFileSync(".dev.vars.example", "utf8")));

test("the button leads to the root of a repository on github.com or gitlab.com", () => {
  const [, url = ""] = BUTTON.exec(readFileSync("README.md", "utf8")) ?? [];
  assert.match(url, /^https:\/\/(?:github|gitlab)\.com\/[\w.-]+\/[\w.-]+$/);
  assert.ok(existsSync("wrangler.toml"));
});

test("every store has a name or an id for the button to put another in place of", () => {
  for (const { database_name, database_id } of config.d1_databases) {
    assert.ok(database_name && database_id);
  }
  assert.ok(config.kv_namespaces.every(({ id }) => id));
  assert.ok(config.queues.producers?.every(({ queue }) => queue));
});

test("secrets are asked for, and none comes with a value that anybody could know", () => {
  assert.deepEqual(secrets, ["AUTH_SECRET"]);
  assert.equal(parseEnv(readFileSync(".dev.vars.example", "utf8"))["AUTH_SECRET"], "");
});

test("what the button asks for is described", () => {
  const bound = [
    ...Object.keys(config.vars),
    ...secrets,
    ...config.d1_databases.map(({ binding }) => binding),
    ...config.kv_namespaces.map(({ binding }) => binding),
    ...(config.queues.producers ?? []).map(({ binding }) => binding),
  ];
  assert.deepEqual(Object.keys(cloudflare.bindings).sort(), bound.sort());
});

test("the button builds and deploys by scripts of this project, which bind by name", () => {
  assert.match(scripts["build"] ?? "", /^wrangler deploy --dry-run/);
  assert.equal(scripts["deploy"], "exec node scripts/deploy.ts");
  const source = readFileSync("scripts/deploy/release-worker.ts", "utf8");
  assert.match(source, /"d1", "migrations", "apply", binding, "--remote"/);
});
