import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { LONGEST_URI, MOST_URIS } from "../../src/core/admin/client-rules.ts";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { createClient } from "./create-client.ts";
import { setClient } from "./set-client.ts";

const { database, refusedWork, work } = commandsOnFreshDatabase();

const tv = ["--id", "tv", "--name", "TV", "--scopes", "openid, profile"] as const;
const api = ["--id", "api", "--name", "API", "--scopes", "profile:read"] as const;

test("create-client writes grants by their full names, and refuses an id that is taken", async () => {
  await work(createClient, ...tv, "--grants", "device_code,refresh_token");
  const [client] = database.rows("SELECT * FROM clients");
  const { created_at: _, ...row } = client ?? {};
  assert.deepEqual(row, {
    tenant_id: "00000000-0000-7000-8000-000000000000",
    id: "tv",
    name: "TV",
    secret_hash: null,
    grants: '["urn:ietf:params:oauth:grant-type:device_code","refresh_token"]',
    scopes: '["openid","profile"]',
    redirect_uris: "[]",
    resources: "[]",
    first_party: 0,
    owner: null,
    same_place: null,
  });
  await refusedWork(/has a client with the id tv/, createClient, ...tv, "--grants", "device_code");
});

test("create-client says a confidential client's secret once and stores its hash", async () => {
  const said = await work(createClient, ...api, "--grants", "client_credentials", "--confidential");
  const secret = /^ {2}([\w-]{43})$/m.exec(said)?.[1] ?? "";
  const hash = createHash("sha256").update(secret).digest("hex");
  assert.deepEqual(database.rows("SELECT secret_hash AS it FROM clients"), [{ it: hash }]);
});

test("create-client refuses what does not go together", async () => {
  await refusedWork(/not a grant/, createClient, ...tv, "--grants", "password");
  const credentials = ["--grants", "client_credentials"] as const;
  await refusedWork(
    /^--confidential must be true for client_credentials\.\nAdd it/,
    createClient,
    ...api,
    ...credentials,
  );
  await refusedWork(
    /^--redirect-uri must be there with/,
    createClient,
    ...tv,
    "--grants",
    "authorization_code",
  );
  await refusedWork(
    /^--grants must have one that/,
    createClient,
    ...tv,
    "--grants",
    "refresh_token",
  );
});

test("TOK-10: create-client takes no redirect URI but https, http on loopback and an app's own scheme", async () => {
  const withUri = [...tv, "--grants", "authorization_code", "--redirect-uri"] as const;
  for (const uri of [
    ...["http://example.com/cb", "javascript:alert(1)", "https://a.test/#x", "/cb"],
    ...["https:a.test/cb", "https:\\\\a.test\\cb", "https:///a.test/cb", "HTTPS://a.test/cb"],
    ...[
      "https://u:p@a.test/cb",
      "https://*.a.test/cb",
      "https://a.test/cb?code=x",
      "https://a.test/cb?iss=x",
    ],
  ]) {
    await refusedWork(/not a redirect URI/, createClient, ...withUri, uri);
  }
  await work(
    createClient,
    ...withUri,
    "http://127.0.0.1/cb",
    "--redirect-uri",
    "com.example.app:/cb",
  );
  const expected = '["http://127.0.0.1/cb","com.example.app:/cb"]';
  assert.deepEqual(database.rows("SELECT redirect_uris AS it FROM clients"), [{ it: expected }]);
});

test("create-client and set-client take as many URIs as the admin API does, and no longer ones", async () => {
  const uris = (count: number) =>
    Array.from({ length: count }, (_, index) => `https://a.test/${index}`);
  const each = (option: string, values: readonly string[]) =>
    values.flatMap((value) => [option, value]);
  const code = [...tv, "--grants", "authorization_code"] as const;
  const more = (option: string) => new RegExp(`^A client has at most ${MOST_URIS} of ${option},`);
  const many = each("--redirect-uri", uris(MOST_URIS + 1));
  await refusedWork(more("--redirect-uri"), createClient, ...code, ...many);
  const device = [...tv, "--grants", "device_code"] as const;
  await refusedWork(
    more("--resource"),
    createClient,
    ...device,
    ...each("--resource", uris(MOST_URIS + 1)),
  );
  const long = (length: number) => `https://a.test/${"x".repeat(length - 15)}`;
  const longer = [...code, "--redirect-uri", long(LONGEST_URI + 1)] as const;
  await refusedWork(
    /^One of --redirect-uri has 2049 characters, and may have 2048/,
    createClient,
    ...longer,
  );
  assert.deepEqual(database.rows("SELECT id FROM clients"), []);

  const most = [...uris(MOST_URIS - 1), long(LONGEST_URI)];
  await work(createClient, ...code, ...each("--redirect-uri", most), ...each("--resource", most));
  await refusedWork(more("--redirect-uri"), setClient, "--id", "tv", ...many);
  const [row] = database.rows("SELECT redirect_uris, resources FROM clients");
  assert.deepEqual(Object.values(row ?? {}), Array(2).fill(JSON.stringify(most)));
});

test("create-client makes an API that only introspects, with a secret and the resource that it is", async () => {
  const orders = ["--id", "orders", "--name", "Orders"] as const;
  await refusedWork(
    /can only introspect/,
    createClient,
    ...orders,
    "--resource",
    "https://orders.test",
  );
  for (const resource of [
    "orders",
    "javascript:alert(1)",
    "https://orders.test/#x",
    "https://orders.test/a b",
  ]) {
    await refusedWork(
      /not a resource/,
      createClient,
      ...orders,
      "--confidential",
      "--resource",
      resource,
    );
  }
  await work(createClient, ...orders, "--confidential", "--resource", "https://orders.test");
  assert.deepEqual(database.rows("SELECT grants, scopes, resources FROM clients"), [
    { grants: "[]", scopes: "[]", resources: '["https://orders.test"]' },
  ]);
});

test("create-client calls no client like a contract", async () => {
  for (const id of ["planasonix", "pionne", "pages", "oauth"]) {
    const named = ["--id", id, "--name", "x", "--scopes", "openid"] as const;
    await refusedWork(/name of a contract/, createClient, ...named, "--grants", "device_code");
  }
});

test("create-client makes a client of one's own with --first-party alone", async () => {
  const shop = [...tv, "--grants", "authorization_code", "--redirect-uri"] as const;
  for (const uri of ["http://127.0.0.1/cb", "com.example.shop:/cb"]) {
    await refusedWork(
      /^--first-party takes redirect URIs with https alone/,
      createClient,
      ...shop,
      uri,
      "--first-party",
    );
  }
  await work(createClient, ...shop, "https://shop.test/cb", "--first-party");
  assert.deepEqual(database.rows("SELECT first_party AS it FROM clients"), [{ it: 1 }]);
});

test("create-client says who makes a client, and holds its devices to a place", async () => {
  const device = [...tv, "--grants", "device_code"] as const;
  await refusedWork(/nothing that two places/, createClient, ...device, "--same-place", "city");
  await refusedWork(
    /^--same-place is about the device code grant/,
    createClient,
    ...api,
    "--confidential",
    "--same-place",
    "country",
  );
  await refusedWork(/not a name/, createClient, ...device, "--owner", " ");
  await work(createClient, ...device, "--owner", 'Ann\'s "Acme" Inc.', "--same-place", "network");
  assert.deepEqual(database.rows("SELECT owner, same_place FROM clients"), [
    { owner: 'Ann\'s "Acme" Inc.', same_place: "network" },
  ]);
});
