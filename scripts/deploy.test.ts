import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { refuseForeignIds } from "./deploy/look-at-account.ts";
import { readConfig } from "./deploy/read-config.ts";
import { writeSettings } from "./deploy/write-settings.ts";
import { exitCode } from "./dev/exit-code.ts";
import { insertSuperadmin } from "./insert-superadmin.ts";
import { projectFolder } from "./project-folder.ts";
import { ACCOUNT_ID, type Account, withFakeCloudflare } from "./test-support/fake-cloudflare.ts";

const SECRET = "kept-by-somebody-and-shown-to-nobody-0123456789";
const HERE = ["--domain", "auth.acme.test.com", "--mail-from", "Acme <no-reply@acme.test.com>"];

const folder = mkdtempSync(join(tmpdir(), "latchkey-deploy-test-"));
after(() => rmSync(folder, { recursive: true }));

/** A wrangler.toml of this project that a test may have written to. */
function config(name: string): string {
  const file = join(folder, `${name}.toml`);
  const own = readFileSync("wrangler.toml", "utf8")
    .replace(
      'main = "src/index.ts"',
      `main = ${JSON.stringify(join(projectFolder, "src/index.ts"))}`,
    )
    .replaceAll(
      'migrations_dir = "drizzle"',
      `migrations_dir = ${JSON.stringify(join(projectFolder, "drizzle"))}`,
    );
  writeFileSync(file, own);
  return file;
}

/** Deploys as an operator does, with the real Wrangler, to an account that is not Cloudflare's. */
async function deploy(url: string, file: string, args: readonly string[], environment = {}) {
  const child = spawn(process.execPath, ["scripts/deploy.ts", "--config", file, ...args], {
    env: {
      ...process.env,
      ...{ CLOUDFLARE_API_BASE_URL: url, CLOUDFLARE_API_TOKEN: "test" },
      // Where a proxy leads out of here, the stand-in is not behind it.
      ...{ NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" },
      ...{ CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID, AUTH_SECRET: SECRET, ...environment },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exitCode(child),
  ]);
  return { said: out + errors, code };
}

const tables = ({ databases }: Account, name: string) =>
  databases.get(name)?.sql.prepare("SELECT count(*) AS n FROM d1_migrations").get()?.["n"];

/** Whether people register themselves in the default tenant, and what was written down of it. */
function registration({ databases }: Account, name: string) {
  const database = databases.get(name)?.sql;
  return {
    open: database?.prepare("SELECT self_registration AS open FROM tenants").get()?.["open"],
    told: database
      ?.prepare("SELECT event, actor_id, account_id, subject FROM audit_events")
      .all()
      .map((event) => Object.values(event)),
  };
}

const CLOSED = {
  open: 0,
  told: [["tenant-changed", "operator", "tenant:default", "registration closed"]],
};

/** Every queue that production sends to, reads from or gives dead letters to. */
function queuesIn(file: string): string[] {
  const { producers = [], consumers = [] } = readConfig(file, "").queues;
  const dead = consumers.flatMap(({ dead_letter_queue: queue }) => (queue ? [{ queue }] : []));
  return [...new Set([...producers, ...consumers, ...dead].map(({ queue }) => queue))].sort();
}

const migrations = readdirSync("drizzle").filter((name) => name.endsWith(".sql")).length;

test("a deployment makes what is missing, the schema before the Worker, and the second makes nothing", async () => {
  await withFakeCloudflare(async (account, url) => {
    const file = config("whole");
    account.failing = "PUT /workers/scripts/latchkey";
    const broken = await deploy(url, file, [...HERE, "--yes", "--no-wait", "--location", "weur"]);
    assert.equal(broken.code, 1, broken.said);
    // What it writes into the file, the migrations, the closing and the Worker come to the stores that it made.
    const steps = account.changes.filter((change) => change.startsWith("POST")).length + 4;
    const left = `${steps - 1} of ${steps} steps were done. Left:\n  create the Worker latchkey`;
    assert.ok(broken.said.includes(left), broken.said);
    assert.deepEqual([...account.queues.keys()].sort(), queuesIn(file));
    assert.equal(tables(account, "latchkey"), migrations);
    // Nobody can be the default tenant's first, and so the operator, from the Worker's first moment on.
    assert.deepEqual(registration(account, "latchkey"), CLOSED);
    assert.equal(account.workers.size, 0);
    openWithSuperadmin(account, "latchkey");

    account.failing = null;
    account.changes.length = 0;
    const whole = await deploy(url, file, ["--yes", "--no-wait"]);
    assert.equal(whole.code, 0, whole.said);
    assert.equal(account.changes[0], "PUT /workers/scripts/latchkey");
    assert.deepEqual(registration(account, "latchkey"), { ...CLOSED, open: 1 });
    assert.doesNotMatch(whole.said, /close registration/);
    assert.deepEqual(account.unknown, []);
    assert.ok(!(broken.said + whole.said).includes(SECRET));
    assertDeployed(account, file);
  });
});

/** As whoever runs it does after the deployment. */
function openWithSuperadmin({ databases }: Account, name: string): void {
  const ada = { tenantSlug: "default", email: "ada@acme.test", passwordHash: null };
  const made = Object.values(insertSuperadmin(ada)).map(({ text }) => text);
  databases.get(name)?.sql.exec(`${made.join(";")};UPDATE tenants SET self_registration = 1`);
}

function assertDeployed(account: Account, file: string): void {
  const [uploaded] = account.workers.get("latchkey") ?? [];
  const bound = Object.fromEntries((uploaded?.bindings ?? []).map((one) => [one.name, one]));
  assert.equal(uploaded?.tag, "v0.1.0");
  assert.deepEqual(bound["AUTH_SECRET"], {
    name: "AUTH_SECRET",
    type: "secret_text",
    text: SECRET,
  });
  assert.equal(bound["PUBLIC_URL"]?.text, "https://auth.acme.test.com");
  assert.equal(bound["MAIL_FROM"]?.text, "Acme <no-reply@acme.test.com>");
  assert.equal(bound["DB"]?.id, account.databases.get("latchkey")?.uuid);
  assert.equal(bound["CODES"]?.namespace_id, account.namespaces.get("latchkey-codes"));
  assert.deepEqual(account.domains, ["auth.acme.test.com"]);
  const { queues, routes } = readConfig(file, "");
  for (const { queue } of queues.consumers ?? []) {
    assert.deepEqual(account.queues.get(queue)?.consumers, ["latchkey"]);
  }
  assert.deepEqual(routes, [{ pattern: "auth.acme.test.com", custom_domain: true }]);
}

test("staging has stores of its own, and production's lines stay as they are", async () => {
  await withFakeCloudflare(async (account, url) => {
    const file = config("staging");
    writeSettings(file, "", { domain: "auth.acme.test.com" });
    const before = readConfig(file, "");
    const sender = ["--mail-from", "Acme <no-reply@acme.test.com>"];
    const { code, said } = await deploy(url, file, [
      ...["--env", "staging", "--domain", "latchkey-staging.acme.workers.dev", ...sender],
      ...["--yes", "--no-wait"],
    ]);
    assert.equal(code, 0, said);
    assert.deepEqual(account.domains, []);
    assert.deepEqual([...account.workers.keys()], ["latchkey-staging"]);
    assert.deepEqual([...account.databases.keys()], ["latchkey-staging"]);
    assert.deepEqual([...account.namespaces.keys()], ["latchkey-staging-codes"]);
    assert.ok([...account.queues.keys()].every((name) => name.startsWith("latchkey-staging-")));
    const after = readConfig(file, "");
    assert.deepEqual(after, before);
  });
});

test("nothing is changed without a yes, or with examples in place of settings", async () => {
  await withFakeCloudflare(async (account, url) => {
    const file = config("asked");
    const before = readFileSync(file, "utf8");
    const example = await deploy(url, file, ["--yes", "--env", "staging"]);
    assert.match(example.said, /PUBLIC_URL and MAIL_FROM in wrangler.toml are examples/);
    assert.match(example.said, /npm run deploy -- --env staging --domain auth-staging\.acme\.com /);
    const asked = await deploy(url, file, HERE);
    assert.match(
      asked.said,
      /latchkey at https:\/\/auth\.acme\.test\.com .* 1\. write into \S+ that people reach it at auth\.acme\.test\.com and that mail comes from Acme .* 2\. create the D1 database latchkey.*, at auth\.acme\.test\.com in place of .*There is no terminal to ask on/s,
    );
    account.failing = "GET /d1/database";
    const unseen = await deploy(url, file, [...HERE, "--yes"]);
    assert.match(unseen.said, /wrangler d1 list --json did not succeed/);
    assert.deepEqual(account.changes, []);
    assert.equal(readFileSync(file, "utf8"), before);
  });
});

for (const [setting, secret] of [
  ['MAIL_TRANSPORT = "resend"', "RESEND_API_KEY"],
  ['MAIL_TRANSPORT = "smtp"\nSMTP_HOST = "smtp.acme.test"\nSMTP_USERNAME = "a"', "SMTP_PASSWORD"],
] as const) {
  test(`nothing is changed while ${secret} is missing, without which the Worker would not start`, async () => {
    await withFakeCloudflare(async (account, url) => {
      const file = config(secret);
      writeFileSync(file, readFileSync(file, "utf8").replace("[vars]", `[vars]\n${setting}`));
      const { code, said } = await deploy(url, file, [...HERE, "--yes", "--no-wait"]);
      assert.equal(code, 1, said);
      assert.match(said, new RegExp(`npx wrangler secret put ${secret}$`, "m"));
      assert.deepEqual(account.changes, []);

      // As `wrangler secret put` leaves it where there was no Worker.
      const bindings = [{ name: secret, type: "secret_text" }];
      account.workers.set("latchkey", [{ bindings, tag: undefined }]);
      const asked = await deploy(url, file, HERE);
      assert.match(asked.said, /deploy the Worker latchkey \S+, with the AUTH_SECRET/);
    });
  });
}

test("who is not signed in is told how to, and of no account that ends by itself", async () => {
  const nobody = { CLOUDFLARE_API_TOKEN: "", HOME: folder, XDG_CONFIG_HOME: folder };
  await withFakeCloudflare(async (account, url) => {
    const { said, code } = await deploy(url, config("nobody"), HERE, nobody);
    assert.equal(code, 1, said);
    assert.match(said, /Wrangler is not signed in to Cloudflare\.\n.*npx wrangler login/);
    assert.doesNotMatch(said, /temporary/);
    assert.deepEqual(account.changes, []);
  });
});

test("ids of another account are refused by name", () => {
  const target = {
    databases: [{ binding: "DB", name: "latchkey", id: "of-another" }],
    namespaces: [{ binding: "CODES", name: "latchkey-codes", id: "here" }],
  };
  const account = { databases: new Map(), namespaces: new Map([["any", "here"]]) };
  assert.throws(() => refuseForeignIds(target, account), /no latchkey \(of-another\)\./);
});

/** What Cloudflare's own build has made when it deploys: the stores of bindings, by names of somebody's choice. */
async function build(account: Account, name: string): Promise<string> {
  const file = config(name);
  const uuid = "11111111-1111-4111-8111-111111111111";
  const { DatabaseSync } = await import("node:sqlite");
  account.databases.set("named-by-somebody", { uuid, sql: new DatabaseSync(":memory:") });
  for (const { queue } of readConfig(file, "").queues.producers ?? []) {
    account.queues.set(queue, { id: queue, consumers: [] });
  }
  const own = readFileSync(file, "utf8")
    .replace(/^database_id = "[0-]+"/m, `database_id = "${uuid}"`)
    .replaceAll(/example\.com/g, "acme.test.com");
  writeFileSync(file, own);
  return file;
}

const IN_BUILD = { WORKERS_CI: "1", AUTH_SECRET: "" };

test("Cloudflare's own build applies the migrations and deploys, and makes the queues that no binding names", async () => {
  await withFakeCloudflare(async (account, url) => {
    const file = await build(account, "build");
    const { code, said } = await deploy(url, file, [], IN_BUILD);
    assert.equal(code, 0, said);
    assert.equal(tables(account, "named-by-somebody"), migrations);
    assert.deepEqual(registration(account, "named-by-somebody"), CLOSED);
    assert.match(said, /create-superadmin .*--remote\n.*set-registration --open --remote/);
    assert.deepEqual([...account.workers.keys()], ["latchkey"]);
    assert.equal(account.databases.size + account.namespaces.size, 1);
    assert.deepEqual([...account.queues.keys()].sort(), queuesIn(file));
    // Before all else, and only what is missing.
    assert.equal(account.changes.lastIndexOf("POST /queues"), 0);
  });
});

test("a queue that somebody gave another name, and nothing reads, is refused before anything is changed", async () => {
  await withFakeCloudflare(async (account, url) => {
    const file = await build(account, "renamed");
    const own = readFileSync(file, "utf8").replace(
      'binding = "MAIL"\nqueue = "latchkey-mail"',
      'binding = "MAIL"\nqueue = "acme-letters"',
    );
    writeFileSync(file, own);
    const { code, said } = await deploy(url, file, [], IN_BUILD);
    assert.equal(code, 1, said);
    assert.match(said, /Nothing reads the queue acme-letters, which MAIL sends to/);
    assert.deepEqual(account.changes, []);
  });
});
