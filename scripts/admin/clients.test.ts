import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { createClient } from "./create-client.ts";
import { createTenant } from "./create-tenant.ts";
import { listClients } from "./list-clients.ts";
import { removeClient } from "./remove-client.ts";
import { setClient } from "./set-client.ts";

const { database, refused, refusedWork, run, told, work } = commandsOnFreshDatabase();

const tv = ["--id", "tv", "--name", "TV", "--scopes", "openid, profile"] as const;

test("list-clients says what each client may do, and of a secret that there is one", async () => {
  assert.equal(run(listClients), "The tenant default has no client.");
  refused(/no tenant with the slug "zoo"/, listClients, "--tenant", "zoo");
  const device = [...tv, "--grants", "device_code,refresh_token"] as const;
  await work(createClient, ...device, "--owner", "Acme Inc.", "--same-place", "country");
  const shop = ["--id", "shop", "--name", "Shop", "--grants", "authorization_code"] as const;
  const back = [
    "--redirect-uri",
    "https://shop.test/cb",
    "--resource",
    "https://api.test",
  ] as const;
  const made = await work(createClient, ...shop, ...back, "--confidential", "--first-party");
  const said = run(listClients);
  assert.deepEqual(
    said.split("\n").map((line) => line.split(/ {2,}/)),
    [
      ["id", "name", "made by", "kind", "grants", "scopes", "leads back to", "resources"],
      [
        ...["shop", "Shop", "–", "confidential, first-party", "authorization_code", "–"],
        ...["https://shop.test/cb", "https://api.test"],
      ],
      [
        ...["tv", "TV", "Acme Inc.", "public, same country", "device_code,refresh_token"],
        ...["openid,profile", "–", "–"],
      ],
    ],
  );
  const secret = /^ {2}([\w-]{43})$/m.exec(made)?.[1] ?? "";
  const [{ hash } = {}] = database.rows(
    "SELECT secret_hash AS hash FROM clients WHERE id = 'shop'",
  );
  for (const text of [secret, String(hash)]) {
    assert.ok(text.length > 40 && !said.includes(text));
  }
  assert.equal(run(listClients, "--tenant", "default"), said);
});

const row = () => {
  const [found] = database.rows("SELECT name, owner, scopes, redirect_uris AS uris FROM clients");
  return Object.values(found ?? {});
};

test("set-client changes what is given, and leaves the rest", async () => {
  await work(createClient, ...tv, "--grants", "device_code", "--owner", "Acme");
  const before = database.rows("SELECT grants, resources, first_party, created_at FROM clients");
  const said = await work(
    setClient,
    "--id",
    "tv",
    "--name",
    "Ann's TV",
    "--scopes",
    "openid, email",
  );
  assert.match(said, /^Changed the client tv: name, scopes\.\nWorkers that remember it .* 60 s\.$/);
  assert.deepEqual(row(), ["Ann's TV", "Acme", '["openid","email"]', "[]"]);
  await work(setClient, "--id", "tv", "--owner", 'The "Acme" Inc.');
  assert.deepEqual(row(), ["Ann's TV", 'The "Acme" Inc.', '["openid","email"]', "[]"]);
  await work(setClient, "--id", "tv", "--no-owner", "--no-scopes");
  assert.deepEqual(row(), ["Ann's TV", null, "[]", "[]"]);
  assert.match(await work(setClient, "--id", "tv", "--no-owner", "--no-scopes"), /is as it was/);
  const after = database.rows("SELECT grants, resources, first_party, created_at FROM clients");
  assert.deepEqual(after, before);
});

test("set-client changes the one that is named, in the tenant that is", async () => {
  for (const id of ["tv", "tv2"]) {
    await work(createClient, "--id", id, "--name", "TV", "--grants", "device_code");
  }
  run(createTenant, "--slug", "acme", "--name", "Acme");
  database.rows(`INSERT INTO clients (tenant_id, id, name, grants, scopes, redirect_uris, created_at)
    SELECT id, 'tv', 'Theirs', '[]', '[]', '[]', 1 FROM tenants WHERE slug = 'acme'`);
  await work(setClient, "--id", "tv", "--name", "Mine");
  await work(setClient, "--id", "tv", "--tenant", "acme", "--no-owner");
  const names = database.rows("SELECT id, name FROM clients ORDER BY id, name");
  assert.deepEqual(names, [
    { id: "tv", name: "Mine" },
    { id: "tv", name: "Theirs" },
    { id: "tv2", name: "TV" },
  ]);
  await refusedWork(
    /has no client other.*admin list-clients --tenant default/s,
    setClient,
    ...other,
  );
  await refusedWork(/no tenant with the slug "zoo"/, setClient, ...other, "--tenant", "zoo");
});

const other = ["--id", "other", "--name", "x"] as const;

test("set-client has no client lead where create-client would not, and writes nothing", async () => {
  const code = [
    "--grants",
    "authorization_code",
    "--redirect-uri",
    "https://shop.test/cb",
  ] as const;
  await work(createClient, "--id", "shop", "--name", "Shop", ...code, "--first-party");
  const shop = ["--id", "shop", "--redirect-uri"] as const;
  const before = [row(), told()];
  await refusedWork(/take the place of a first-party/, setClient, ...shop, "http://127.0.0.1/cb");
  await refusedWork(/not a redirect URI/, setClient, ...shop, "http://shop.test/cb");
  assert.deepEqual([row(), told()], before);
  await work(setClient, ...shop, "https://shop.test/a", "--redirect-uri", "https://shop.test/b");
  assert.equal(row()[3], '["https://shop.test/a","https://shop.test/b"]');

  database.rows("DELETE FROM clients");
  await work(createClient, ...tv, "--grants", "device_code");
  await refusedWork(
    /has other grants/,
    setClient,
    "--id",
    "tv",
    "--redirect-uri",
    "https://shop.test/cb",
  );
  assert.equal(row()[3], "[]");
});

test("set-client calls nothing by the name of a field, but in the log", async () => {
  const code = ["--grants", "authorization_code", "--redirect-uri", "https://a.test"] as const;
  await work(createClient, "--id", "shop", "--name", "Shop", ...code);
  const change = ["--id", "shop", "--name", "A", "--redirect-uri", "https://b.test"] as const;
  assert.match(
    setClient.read("set-client", change)?.task.intent ?? "",
    /^change name, redirect URIs of the client shop /,
  );
  assert.match(await work(setClient, ...change), /: name, redirect URIs\.$/m);
  assert.deepEqual(told().at(-1), ["client-changed", "client:shop", "name, redirectUris"]);
});

test("set-client refuses what is no change, or contradicts itself", async () => {
  const id = ["--id", "tv"] as const;
  await refusedWork(/Say what is to be different/, setClient, ...id);
  await refusedWork(
    /--owner and --no-owner contradict/,
    setClient,
    ...id,
    "--owner",
    "A",
    "--no-owner",
  );
  await refusedWork(
    /--scopes and --no-scopes contradict/,
    setClient,
    ...id,
    "--scopes",
    "a",
    "--no-scopes",
  );
  await refusedWork(/not a name/, setClient, ...id, "--name", " ");
  await refusedWork(/not a name/, setClient, ...id, "--owner", "two\nlines");
  await refusedWork(/not a scope/, setClient, ...id, "--scopes", "a b");
  await refusedWork(/Unknown option '--grants'/, setClient, ...id, "--grants", "device_code");
});

test("remove-client removes the one that is named, in the tenant that is", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  for (const id of ["tv", "tv2"]) {
    await work(createClient, "--id", id, "--name", "TV", "--grants", "device_code");
  }
  await refusedWork(/no client other/, removeClient, "--id", "other");
  await refusedWork(/acme has no client tv/, removeClient, "--id", "tv", "--tenant", "acme");
  const said = await work(removeClient, "--id", "tv");
  assert.match(said, /^Removed the client tv. What people opened for it ended.\n/);
  assert.deepEqual(database.rows("SELECT id FROM clients"), [{ id: "tv2" }]);
  const again = ["--id", "tv", "--name", "TV", "--grants", "device_code"] as const;
  await refusedWork(/or had one until two minutes ago/, createClient, ...again);
  // As if it were long ago, which the log itself would not have.
  database.rows("DROP TRIGGER audit_events_are_not_changed");
  database.rows(
    "UPDATE audit_events SET id = '00' || substr(id, 3) WHERE event = 'client-removed'",
  );
  await work(createClient, ...again);
});
