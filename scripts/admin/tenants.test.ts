import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { fileOf } from "../test-support/file-of.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { listTenants } from "./list-tenants.ts";
import { setBrand } from "./set-brand.ts";
import { setRegistration } from "./set-registration.ts";
import { setRole } from "./set-role.ts";

const { database, person, refused, run, told } = commandsOnFreshDatabase();

const PNG = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");

test("create-tenant makes it closed unless it is to be open, and refuses a slug that is taken", () => {
  const acme = run(createTenant, "--slug", "acme", "--name", 'Ann\'s "Acme"');
  assert.match(acme, /closed for registration.*nobody becomes it by registering/s);
  const club = run(createTenant, "--slug", "club", "--name", "Club", "--open");
  assert.match(club, /open for registration.*Whoever registers there first/s);
  assert.deepEqual(database.rows("SELECT slug, name, self_registration AS o FROM tenants"), [
    { slug: "default", name: "Latchkey", o: 1 },
    { slug: "acme", name: 'Ann\'s "Acme"', o: 0 },
    { slug: "club", name: "Club", o: 1 },
  ]);
  refused(/The slug acme is taken/, createTenant, "--slug", "acme", "--name", "Other");
});

for (const slug of ["api", "oauth", ".well-known", "Acme", "-a", "a", "a b", ""]) {
  test(`create-tenant refuses the slug ${JSON.stringify(slug)}`, () => {
    refused(/is reserved|is not a slug/, createTenant, `--slug=${slug}`, "--name", "x");
  });
}

test("set-registration opens and closes the default tenant and any other", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme", "--open");
  const open = () => database.rows("SELECT slug, self_registration AS open FROM tenants");
  assert.match(run(setRegistration, "--closed"), /closed in the tenant default/);
  assert.match(run(setRegistration, "--tenant", "acme", "--closed"), /closed in the tenant acme/);
  person({ verifiedAt: 5 });
  run(setRole, "--email", "ada@example.com", "--role", "superadmin");
  for (let times = 0; times < 2; times += 1) {
    assert.match(
      run(setRegistration, "--open"),
      /open in the tenant default.*auth\.test\/register.*auth\.test\/api\/v1\/auth\/send-code/s,
    );
  }
  assert.deepEqual(open(), [
    { slug: "default", open: 1 },
    { slug: "acme", open: 0 },
  ]);
  refused(/no tenant with the slug "nobody"/, setRegistration, "--tenant", "nobody", "--open");
  refused(/whether registration is open/, setRegistration);
});

test("set-registration opens no tenant in which whoever registers first would be its superadmin", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const acme = ["--tenant", "acme"] as const;
  const before = told();
  refused(
    /has no superadmin.*create-superadmin --tenant acme/s,
    setRegistration,
    ...acme,
    "--open",
  );
  assert.deepEqual(told(), before);
  run(createSuperadmin, ...acme, "--email", "ada@example.com");
  assert.match(
    run(setRegistration, ...acme, "--open"),
    /open in the tenant acme.*auth\.test\/acme\/api\/v1\/auth\/send-code, then …\/verify-code.*409/s,
  );
});

test("list-tenants says of each who registers, and what looks are its own", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  run(setBrand, "--tenant", "acme", "--color", "#0b5a54", "--logo", fileOf(PNG));
  database.rows("UPDATE tenants SET created_at = 1795938000000 WHERE slug = 'acme'");
  const ids = database.rows("SELECT id FROM tenants ORDER BY slug").map(({ id }) => String(id));
  const made = "2026-11-29 07:40 UTC";
  assert.deepEqual(
    run(listTenants)
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
    [
      ["slug", "name", "registration", "own looks", "made", "id"],
      ["acme", "Acme", "closed", "color,logo", made, ids[0]],
      ["default", "Latchkey", "open", "–", "–", ids[1]],
    ],
  );
});
