import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { allowFrontEnd } from "./allow-front-end.ts";
import { createTenant } from "./create-tenant.ts";
import { listFrontEnds } from "./list-front-ends.ts";
import { removeFrontEnd } from "./remove-front-end.ts";

const { database, refused, refusedWork, run, told, work } = commandsOnFreshDatabase();

test("allow-front-end stores a site without a slash at its end, and moves an alias", () => {
  const alias = ["--alias", "studio", "--to"] as const;
  run(allowFrontEnd, ...alias, "https://Studio.example.com/");
  assert.match(run(allowFrontEnd, ...alias, "https://studio.example.com"), /already/);
  const said = run(allowFrontEnd, ...alias, "http://localhost:3000/app/");
  assert.match(said, /Before, it led to https:\/\/studio.example.com/);
  const expected = [{ alias: "studio", url: "http://localhost:3000/app" }];
  assert.deepEqual(database.rows("SELECT alias, url FROM front_ends"), expected);
  for (const url of [
    "http://studio.example.com",
    "https://studio.example.com/?a=b",
    "https://studio.example.com/#",
    "https://me:secret@studio.example.com",
    "javascript:alert(1)",
    "studio.example.com",
  ]) {
    refused(/query|loopback|not an address|password in it/, allowFrontEnd, ...alias, url);
  }
});

test("list-front-ends lists a tenant's sites, and remove-front-end takes one of them away", async () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const acme = ["--tenant", "acme"] as const;
  for (const [alias, to] of [
    ["studio", "https://studio.test"],
    ["app", "https://app.test"],
  ] as const) {
    run(allowFrontEnd, "--alias", alias, "--to", to, ...acme);
  }
  database.rows("UPDATE front_ends SET created_at = 1, changed_at = 60000 WHERE alias = 'studio'");
  const rows = (said: string) => said.split("\n").map((line) => line.split(/ {2,}/).slice(0, 2));
  const listed = await work(listFrontEnds, ...acme);
  assert.deepEqual(rows(listed), [
    ["alias", "address"],
    ["studio", "https://studio.test"],
    ["app", "https://app.test"],
  ]);
  assert.match(listed, /^studio .* 1970-01-01 00:01 UTC$/m);
  assert.match(await work(listFrontEnds), /of the tenant default may lead to no site/);

  const studio = ["--alias", "studio"] as const;
  const none = /The tenant default has no front end studio.*list-front-ends --tenant default/s;
  await refusedWork(none, removeFrontEnd, ...studio);
  assert.match(await work(removeFrontEnd, ...studio, ...acme), /lead to studio no more/);
  await refusedWork(/The tenant acme has no front end studio/, removeFrontEnd, ...studio, ...acme);
  assert.deepEqual(database.rows("SELECT alias FROM front_ends"), [{ alias: "app" }]);
  assert.deepEqual(told().slice(1), [
    ["tenant-changed", "tenant:acme", "front end studio"],
    ["tenant-changed", "tenant:acme", "front end app"],
    ["tenant-changed", "tenant:acme", "front end studio removed"],
  ]);
  await refusedWork(/no tenant with the slug "none"/, listFrontEnds, "--tenant", "none");
  await refusedWork(/no tenant/, removeFrontEnd, ...studio, "--tenant", "none");
});
