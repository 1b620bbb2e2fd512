import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { createTenant } from "./create-tenant.ts";
import { createWebhook } from "./create-webhook.ts";
import { enableWebhook } from "./enable-webhook.ts";
import { listWebhooks } from "./list-webhooks.ts";
import { removeWebhook } from "./remove-webhook.ts";
import { rotateWebhook } from "./rotate-webhook.ts";

const TENANT = "00000000-0000-7000-8000-000000000000";
const URL = ["--to", "https://api.example.com/hooks"] as const;

const { database, refusedWork, run, work } = commandsOnFreshDatabase();

function sealed(count: number, before = 0): void {
  for (let sequence = before + 1; sequence <= count; sequence++) {
    database.rows(
      `INSERT INTO audit_seals VALUES ('${TENANT}', ${sequence}, '[]', '', 0, 1, 1, '')`,
    );
  }
}

/** Makes one, and gives its id. */
async function made(...args: string[]): Promise<string> {
  const [, id = ""] = (await work(createWebhook, ...URL, ...args)).match(/webhook ([\w-]+),/) ?? [];
  return id;
}

const stored = () => database.rows("SELECT * FROM webhooks")[0] ?? {};

test("create-webhook makes one that begins with what comes next, and shows its secret once", async () => {
  sealed(3);
  const said = await work(createWebhook, ...URL, "--events", "account-made, key-made");
  const { secret, events, sequence, url } = stored();
  assert.match(String(secret), /^whsec_[\w+/]{43}=$/);
  assert.ok(said.includes(String(secret)));
  assert.deepEqual(
    { events, sequence, url },
    { events: '["account-made","key-made"]', sequence: 3, url: "https://api.example.com/hooks" },
  );
  assert.ok(!run(listWebhooks).includes(String(secret)));
});

test("create-webhook refuses addresses that only the service reaches, and events that there are none", async () => {
  for (const [url, wrong] of [
    ["http://api.example.com/", /is not https/],
    ["ftp://api.example.com/", /is not https/],
    ["https://me:secret@api.example.com/", /name or password/],
    ["https://api.example.com/#x", /fragment/],
    ["https://10.0.0.1/", /by its number/],
    ["https://0x0a.1/", /by its number/],
    ["https://167772161/", /by its number/],
    ["https://[::ffff:10.0.0.1]/", /by its number/],
    ["https://[fd00::1]/", /by its number/],
    ["https://169.254.169.254./", /by its number/],
    ["https://0x7f.0.0.1../", /a dot too many/],
    ["https://localhost../", /a dot too many/],
    ["https://hooks.example.com./", /a dot too many/],
    ["https://hooks..example.com/", /a dot too many/],
    ["https://.example.com/", /a dot too many/],
    ["https://metadata.google.internal/", /is not public/],
    ["https://printer.local/", /is not public/],
    ["https://printer.local./", /a dot too many/],
    ["https://intranet/", /is not public/],
    ["api.example.com", /is not an address/],
  ] as const) {
    await refusedWork(wrong, createWebhook, "--to", url);
  }
  assert.match(await work(createWebhook, "--to", "http://127.0.0.1:8791"), /^Made/);
  await refusedWork(
    /"signed-up" is not an event.*signed-in/s,
    createWebhook,
    ...URL,
    "--events",
    "signed-up",
  );
  await refusedWork(/no tenant/, createWebhook, ...URL, "--tenant", "none");
});

test("create-webhook makes twenty for a tenant at most, and writes down no other", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  for (let count = 0; count < 20; count++) {
    await made();
  }
  const full = /tenant default has 20 webhooks already.*list-webhooks/s;
  await refusedWork(full, createWebhook, ...URL);
  assert.equal(database.rows("SELECT * FROM webhooks").length, 20);
  const told = database.rows("SELECT * FROM audit_events WHERE event = 'webhook-created'");
  assert.equal(told.length, 20);
  assert.match(await work(createWebhook, ...URL, "--tenant", "acme"), /^Made/);
});

test("list-webhooks says what is on, what fails and why, and what is off", async () => {
  assert.match(run(listWebhooks), /has no webhook/);
  await made();
  assert.match(run(listWebhooks), /all +on$/m);
  sealed(1);
  assert.match(run(listWebhooks), /all +on; 1 seal behind$/m);
  sealed(2, 1);
  database.rows(
    "UPDATE webhooks SET failing_since = 0, problem = 'it answered 500', retry_at = 60000",
  );
  assert.match(
    run(listWebhooks),
    /fails since 1970-01-01 00:00 UTC: it answered 500; next try 1970-01-01 00:01 UTC; 2 seals behind$/m,
  );
  database.rows("UPDATE webhooks SET disabled_at = 0");
  assert.match(
    run(listWebhooks),
    /off since 1970-01-01 00:00 UTC: it answered 500; 2 seals behind$/m,
  );
});

test("rotate-webhook keeps the secret before for a day, unless it leaked or was never sealed", async () => {
  const id = await made();
  assert.match(await work(rotateWebhook, "--id", id), /signs no more/);
  assert.equal(stored()["previous_secret"], null);
  database.rows("UPDATE webhooks SET secret = 'aaaaaaaa.sealed'");
  assert.match(await work(rotateWebhook, "--id", id), /For a day the one before signs as well/);
  const { previous_secret: previous, previous_until: until } = stored();
  assert.equal(previous, "aaaaaaaa.sealed");
  assert.ok(Math.abs(Number(until) - Date.now() - 86_400_000) < 60_000);
  assert.match(await work(rotateWebhook, "--id", id, "--leaked"), /signs no more/);
  assert.equal(stored()["previous_secret"], null);
});

test("enable-webhook goes on where it stopped, or with what comes next", async () => {
  const id = await made();
  sealed(4);
  database.rows(
    "UPDATE webhooks SET disabled_at = 1, failing_since = 1, position = 2, retry_at = 9",
  );
  await work(enableWebhook, "--id", id);
  const { disabled_at, sequence, position } = stored();
  assert.deepEqual(
    { disabled_at, sequence, position },
    { disabled_at: null, sequence: 0, position: 2 },
  );
  await work(enableWebhook, "--id", id, "--skip-missed");
  assert.deepEqual([stored()["sequence"], stored()["position"]], [4, 0]);
});

test("remove-webhook removes one, and each says where there is none", async () => {
  const id = await made();
  assert.match(
    await work(removeWebhook, "--id", id),
    /^Removed the webhook to https:\/\/api.example.com/,
  );
  assert.deepEqual(stored(), {});
  for (const command of [removeWebhook, rotateWebhook, enableWebhook]) {
    await refusedWork(/There is no webhook/, command, "--id", id);
  }
});

test("a webhook is found by its id alone, and in no other tenant than one that is named", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const id = await made("--tenant", "acme");
  for (const command of [rotateWebhook, enableWebhook, removeWebhook]) {
    await refusedWork(/There is no webhook/, command, "--id", id, "--tenant", "default");
  }
  assert.deepEqual(
    database.rows("SELECT event FROM audit_events").map(({ event }) => event),
    ["tenant-created", "webhook-created"],
  );
  assert.match(await work(enableWebhook, "--id", id), /already/);
  assert.match(await work(removeWebhook, "--id", id, "--tenant", "acme"), /^Removed/);
});

test("what is done to a webhook is written down in its tenant, with its host alone", async () => {
  const url = "https://hooks.example.com:8443/services/T0/secret";
  const [, id = ""] = (await work(createWebhook, "--to", url)).match(/webhook ([\w-]+),/) ?? [];
  await work(rotateWebhook, "--id", id);
  // Each of these two changes something the first time, and nothing the second.
  for (const skip of [[], ["--skip-missed"]]) {
    database.rows("UPDATE webhooks SET disabled_at = 1");
    assert.match(await work(enableWebhook, "--id", id, ...skip), /again, within a minute/);
    assert.match(await work(enableWebhook, "--id", id, ...skip), /already\.$/);
  }
  await work(removeWebhook, "--id", id);
  await refusedWork(/There is no webhook/, removeWebhook, "--id", id);

  const told = database.rows("SELECT * FROM audit_events ORDER BY rowid");
  assert.deepEqual(
    told.map(({ event }) => event),
    [
      ...["webhook-created", "webhook-secret-rotated"],
      ...["webhook-enabled", "webhook-enabled", "webhook-removed"],
    ],
  );
  for (const { tenant_id, actor_id, account_id, subject } of told) {
    assert.deepEqual(
      [tenant_id, actor_id, account_id, subject],
      [TENANT, "operator", `webhook:${id}`, "hooks.example.com:8443"],
    );
  }
});
