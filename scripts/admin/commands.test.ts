import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, mock, test } from "node:test";
import { LONGEST_URI, MOST_URIS } from "../../src/core/admin/client-rules.ts";
import { OWN_TEXTS } from "../../src/core/mail/letter-texts.ts";
import { Problem } from "../problem.ts";
import { commandsOn } from "../test-support/commands-on.ts";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { allowFrontEnd } from "./allow-front-end.ts";
import type { Command, Plan } from "./command.ts";
import { createClient } from "./create-client.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";
import { enableAccount } from "./enable-account.ts";
import { invite } from "./invite.ts";
import { liftSuppression } from "./lift-suppression.ts";
import { listClients } from "./list-clients.ts";
import { listFrontEnds } from "./list-front-ends.ts";
import { listSuppressed } from "./list-suppressed.ts";
import { listTenants } from "./list-tenants.ts";
import { removeClient } from "./remove-client.ts";
import { removeFrontEnd } from "./remove-front-end.ts";
import { removeSecondFactor } from "./remove-second-factor.ts";
import { setBrand } from "./set-brand.ts";
import { setClient } from "./set-client.ts";
import { setFlag } from "./set-flag.ts";
import { setLetter } from "./set-letter.ts";
import { setRegistration } from "./set-registration.ts";
import { setRole } from "./set-role.ts";
import { setSender } from "./set-sender.ts";

const FAR = 9_000_000_000_000;

const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
after(() => rmSync(folder, { recursive: true }));

let database: MemoryDatabase;
const { run, refused, work, refusedWork } = commandsOn(() => database);

beforeEach(() => {
  database = schemaInMemory();
});

test("create-superadmin makes an account without a password and says how to set one", () => {
  const said = run(createSuperadmin, "--email", " Ada@Example.com ");
  assert.match(said, /^Made ada@example.com, a superadmin .*https:\/\/auth.test\/forgot/s);
  const [account] = database.rows("SELECT * FROM accounts");
  assert.equal(account?.["email"], "ada@example.com");
  assert.equal(account?.["role"], "superadmin");
  assert.equal(account?.["email_verified_at"], account?.["created_at"]);
  const [password] = database.rows("SELECT hash, reset_link_number AS link FROM passwords");
  assert.deepEqual(password, { hash: null, link: 0 });
});

test("create-superadmin run twice changes nothing the second time", () => {
  run(createSuperadmin, "--email", "ada@example.com");
  const before = database.rows("SELECT * FROM accounts, passwords");
  assert.match(run(createSuperadmin, "--email", "ada@example.com"), /is a superadmin .* already/);
  assert.deepEqual(database.rows("SELECT * FROM accounts, passwords"), before);
});

test("create-superadmin names every other superadmin of the tenant, who may be a stranger", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const acme = ["--tenant", "acme"] as const;
  run(createSuperadmin, "--email", "elsewhere@example.com");
  assert.doesNotMatch(run(createSuperadmin, "--email", "eve@example.com", ...acme), /Other super/);
  run(createSuperadmin, "--email", "ada@example.com", ...acme);
  run(disableAccount, "--email", "eve@example.com", ...acme);
  const said = run(createSuperadmin, "--email", "bob@example.com", ...acme);
  assert.match(
    said,
    /^Other superadmins of the tenant acme: ada@example.com, eve@example.com \(disabled\)\.\n.*: admin disable-account --tenant acme/m,
  );
});

test("create-superadmin names the way of another tenant to a first password", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const said = run(createSuperadmin, "--email", "ada@example.com", "--tenant", "acme");
  assert.match(
    said,
    /auth.test\/acme\/api\/v1\/auth\/send-code.*verify-code.*set-initial-password/s,
  );
});

test("create-superadmin promotes an account and leaves it what it has but sessions and API keys", () => {
  person({ verifiedAt: 5 });
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.equal(
    said.split("\n")[0],
    "Promoted ada@example.com from user to superadmin of the tenant default. Sessions ended: 1. API keys revoked: 1.",
  );
  const kept = { hash: "hash", live: 0, keys: 0 };
  assert.deepEqual(standing(), { role: "superadmin", verified: 5, ...kept });
});

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} ends sessions and voids what was approved, and nothing else does`, () => {
    person({ verifiedAt: 5 });
    const email = ["--email", "ada@example.com"] as const;
    const changedAt = () =>
      Number(database.rows("SELECT changed_at AS at FROM passwords")[0]?.["at"]);
    database.rows("UPDATE passwords SET changed_at = 5");
    assert.match(run(command, ...email, ...args), /Sessions ended: 1\./);
    assert.ok(changedAt() > 5);
    assert.equal(standing().live, 0);

    database.rows("UPDATE sessions SET revoked_at = NULL");
    database.rows("UPDATE passwords SET changed_at = 5");
    run(command, ...email, ...args);
    run(createSuperadmin, "--email", "eve@example.com");
    database.rows("UPDATE accounts SET role = 'superadmin'");
    run(setRole, ...email, "--role", "user");
    assert.equal(standing().live, 1);
    database.rows("UPDATE accounts SET email_verified_at = NULL WHERE email = 'ada@example.com'");
    refused(/has not proved/, setRole, ...email, "--role", "admin");
    assert.equal(standing().live, 1);
    assert.equal(database.rows("SELECT 1 FROM passwords WHERE changed_at = 5").length, 1);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} revokes the account's API keys and tells of each, and nothing else does`, async () => {
    person({ verifiedAt: 5 });
    for (const [id, kind, of] of [
      ["k2", "api", "id"],
      ["of the tenant", "service", "id"],
      ["of somebody", "api", "'somebody else'"],
    ] as const) {
      database.rows(`INSERT INTO keys
          (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
        SELECT '${id}', tenant_id, ${of}, '${kind}', '${id}', 'p', '${id}', '[]', 1 FROM accounts`);
    }
    const email = ["--email", "ada@example.com"] as const;
    const keys = () => database.rows("SELECT id FROM keys ORDER BY id").map(({ id }) => id);
    assert.match(run(command, ...email, ...args), /API keys revoked: 2\./);
    assert.deepEqual(keys(), ["of somebody", "of the tenant"]);
    const [account] = database.rows("SELECT id FROM accounts");
    assert.deepEqual(
      told().filter(([event]) => event === "key-revoked"),
      ["n", "k2"].map((subject) => ["key-revoked", account?.["id"], subject]),
    );

    database.rows("UPDATE keys SET account_id = (SELECT id FROM accounts), kind = 'api'");
    run(command, ...email, ...args);
    run(createSuperadmin, "--email", "eve@example.com");
    database.rows("UPDATE accounts SET role = 'superadmin'");
    run(setRole, ...email, "--role", "user");
    run(disableAccount, ...email);
    await work(removeSecondFactor, ...email);
    database.rows("UPDATE accounts SET email_verified_at = NULL WHERE email = 'ada@example.com'");
    refused(/has not proved/, setRole, ...email, "--role", "admin");
    assert.equal(keys().length, 2);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
] as const) {
  test(`a promotion by ${name} says what whoever registered the account keeps, before it is made and after`, () => {
    const promote = ["--email", "ada@example.com", ...args] as const;
    assert.match(command.read(name, promote)?.task.intent ?? "", /whoever knows its password/);
    person({ verifiedAt: 5 });
    database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
      SELECT id, 'e', 's', 1 FROM accounts`);
    for (const id of ["one", "two"]) {
      database.rows(`INSERT INTO passkeys
          (id, tenant_id, account_id, name, credential_id, public_key, counter, transports, created_at)
        SELECT '${id}', tenant_id, id, 'n', '${id}', 'p', 0, '[]', 1 FROM accounts`);
    }
    const everything = "its password, passkeys (2), its authenticator app";
    assert.ok(
      run(command, ...promote).includes(`\nIt keeps ${everything}. Whoever registered ada@`),
    );
    assert.doesNotMatch(run(command, ...promote), /It keeps/);

    database.rows("UPDATE accounts SET role = 'user'");
    database.rows("UPDATE second_factors SET confirmed_at = NULL");
    database.rows("DELETE FROM passkeys");
    assert.match(run(command, ...promote), /\nIt keeps its password\. /);
    database.rows("UPDATE accounts SET role = 'user'");
    database.rows("UPDATE passwords SET hash = NULL");
    assert.doesNotMatch(run(command, ...promote), /It keeps/);
  });
}

test("create-superadmin leaves nothing to whoever registered an address without proving it", () => {
  person({ verifiedAt: null });
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.match(said, /had not been proved.*forgot/s);
  const { verified, ...rest } = standing();
  assert.ok(Number(verified) > 5);
  assert.deepEqual(rest, { role: "superadmin", hash: null, live: 0, keys: 0 });
});

test("create-superadmin ends the sessions of a superadmin who never proved the address", () => {
  person({ verifiedAt: null });
  database.rows("UPDATE accounts SET role = 'superadmin'");
  assert.equal(standing().live, 1);
  run(createSuperadmin, "--email", "ada@example.com");
  assert.equal(standing().live, 0);
});

test("create-superadmin says that an account is disabled, and lets it stay so", () => {
  person({ verifiedAt: 5 });
  run(disableAccount, "--email", "ada@example.com");
  const said = run(createSuperadmin, "--email", "ada@example.com");
  assert.match(said, /It is disabled: admin enable-account --email ada@example.com/);
  assert.equal(database.rows("SELECT 1 FROM accounts WHERE disabled_at IS NULL").length, 0);
});

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

test("list-tenants says of each who registers, and what looks are its own", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  run(setBrand, "--tenant", "acme", "--color", "#0b5a54", "--logo", file(PNG));
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

test("invite says that the service has to do it, whatever database it is given", () => {
  const email = ["--email", "ada@example.com"] as const;
  for (const place of [[], ["--remote"], ["--persist-to", "x"]]) {
    assert.throws(
      () => invite.read("invite", [...email, ...place]),
      (error) =>
        error instanceof Problem &&
        error.message ===
          "An invitation is a letter, which the running service sends and no database can." &&
        /^Name the service: npm run admin -- invite … --url https:\/\/.*npm run dev serves/.test(
          error.advice,
        ),
    );
  }
  const url = ["--url", "https://auth.test"] as const;
  assert.throws(() => invite.read("invite", [...email, ...url, "--remote"]), /is no database/);
  assert.throws(
    () => invite.read("invite", [...email, ...url, "--language", "fr"]),
    /"fr" is no language/,
  );
  assert.doesNotMatch(invite.help("invite"), /--remote|--persist-to|--env/);
});

test("set-brand sets what is given, leaves the rest, and clears all of it", () => {
  const brand = () => database.rows("SELECT brand FROM tenants").map((row) => row["brand"]);
  const said = run(setBrand, "--name", "Ann's Acme", "--color", "#0B5A54");
  assert.equal(said, "The tenant default has its name and color, within a minute.");
  assert.deepEqual(brand(), ['{"name":"Ann\'s Acme","color":"#0b5a54"}']);
  run(setBrand, "--color", "#ffffff");
  assert.deepEqual(brand(), ['{"name":"Ann\'s Acme","color":"#ffffff"}']);
  run(setBrand, "--clear");
  assert.deepEqual(brand(), [null]);
});

test("set-brand refuses what is no look, and a tenant that is not there", () => {
  refused(/no looks of its own/, setBrand);
  refused(/no looks of its own/, setBrand, "--clear", "--name", "Acme");
  refused(/no tenant with the slug "acme"/, setBrand, "--tenant", "acme", "--name", "Acme");
  refused(/not a name/, setBrand, "--name", "two\nlines");
  for (const color of ["red", "#fff", "0b5a54", "#0b5a5", "#0b5a54;}", "#0b5a5g", "#0b5a54ff"]) {
    refused(/not a colour/, setBrand, "--color", color);
  }
  assert.deepEqual(database.rows("SELECT brand FROM tenants"), [{ brand: null }]);
});

const PNG = Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1");
const WEBP = Buffer.from("RIFF\x10\0\0\0WEBPVP8L", "latin1");
const SVG = `<?xml version="1.0" encoding="UTF-8"?><!-- > by hand -->
  <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox='0 0 9 9'>
    <defs><linearGradient id="a"><stop offset="0" stop-color="#0b5a54"/></linearGradient></defs>
    <style>.b { fill: url(#a) }</style><path class="b" d="M0 0h9v9z"/><use xlink:href="#c"/>
  </svg>`;

for (const [bytes, mediaType] of [
  [PNG, "image/png"],
  [WEBP, "image/webp"],
  [Buffer.from(SVG), "image/svg+xml"],
] as const) {
  test(`set-brand takes ${mediaType} by what is in the file, whatever its name`, () => {
    run(setBrand, "--logo", file(bytes));
    const [{ brand = null } = {}] = database.rows("SELECT brand FROM tenants");
    const version = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
    const logo = { mediaType, base64: bytes.toString("base64"), version };
    assert.deepEqual(JSON.parse(String(brand)), { logo });
  });
}

test("set-brand refuses a file that is no such image, too large or not there", () => {
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", file(Buffer.from("GIF89a")));
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", file(Buffer.from("x<svg></svg>")));
  refused(/no PNG, no WebP and no SVG/, setBrand, "--logo", file(Buffer.from("RIFF....WAVE")));
  refused(/has 8193 bytes/, setBrand, "--logo", file(Buffer.concat([PNG], 8193)));
  refused(/cannot be read/, setBrand, "--logo", "/nowhere/logo.svg");
  run(setBrand, "--logo", file(Buffer.concat([PNG], 8192)));
});

for (const [inside, what] of [
  ["<script>alert(1)</script>", "the element <script>"],
  ["<SCRIPT/>", "the element <SCRIPT>"],
  ["<s:script xmlns:s='http://www.w3.org/2000/svg'/>", "the element <s:script>"],
  ["<foreignObject><p/></foreignObject>", "the element <foreignObject>"],
  ["<image href='logo.png'/>", "the element <image>"],
  ["<a href='#x'/>", "the element <a>"],
  ["<animate attributeName='href' to='javascript:1'/>", "the element <animate>"],
  ["<set attributeName='onload' to='1'/>", "the element <set>"],
  ["<path onload='alert(1)'/>", "the event handler onload"],
  ['<path\nONCLICK = "alert(1)"/>', "the event handler ONCLICK"],
  ["<path onload=alert(1) />", "an attribute without quotes"],
  ["<use href='https://evil.test/x.svg#a'/>", "a reference to elsewhere"],
  ["<use xlink:href='data:image/svg+xml,x'/>", "a reference to elsewhere"],
  ["<use y:href='//evil.test'/>", "a reference to elsewhere"],
  ["<path fill='url( \"https://evil.test\")'/>", "a reference to elsewhere"],
  ["<path style='fill: URL(//evil.test)'/>", "a reference to elsewhere"],
  ["<style>@import 'https://evil.test';</style>", "a reference to elsewhere"],
  ["<style>* { background: image-set('x' 1x) }</style>", "a reference to elsewhere"],
  ["<style>* { fill: u\\72l(//evil.test) }</style>", "an entity or an escape"],
  ["<path d='&#106;'/>", "an entity or an escape"],
  ["<path d='&evil;'/>", "an entity or an escape"],
  ["<![CDATA[<script/>]]>", "a declaration or an instruction"],
  ["<?xml-stylesheet href='https://evil.test'?>", "a declaration or an instruction"],
  ["<!-- --><!DOCTYPE svg>", "a declaration or an instruction"],
  ["<path d='", "a tag that does not end"],
] as const) {
  test(`set-brand refuses an SVG with ${what}: ${inside}`, () => {
    const path = file(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${inside}</svg>`));
    assert.throws(
      () => run(setBrand, "--logo", path),
      (error) => error instanceof Problem && error.message.includes(` has ${what}, `),
    );
  });
}

test("set-brand refuses an SVG in an encoding in which it could read otherwise", () => {
  const svg = Buffer.from(SVG.replace("UTF-8", "UTF-7"));
  refused(/a declaration or an instruction/, setBrand, "--logo", file(svg));
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

test("set-role gives a role, but no power to an address that nobody proved", () => {
  person({ verifiedAt: null });
  const email = ["--email", "ada@example.com"] as const;
  refused(/has not proved its address/, setRole, ...email, "--role", "admin");
  assert.equal(standing().role, "user");
  database.rows("UPDATE accounts SET email_verified_at = 5");
  assert.match(run(setRole, ...email, "--role", "admin"), /was user .*, now admin/);
  assert.equal(standing().role, "admin");
  assert.match(run(setRole, ...email, "--role", "admin"), /already/);
  refused(/not a role/, setRole, ...email, "--role", "root");
});

test("set-flag sets and clears either flag", () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  const flags = () => database.rows("SELECT zapier AS z, must_reset_password AS m FROM accounts");
  run(setFlag, ...email, "--flag", "zapier", "--on");
  run(setFlag, ...email, "--flag", "must-reset-password", "--on");
  assert.deepEqual(flags(), [{ z: 1, m: 1 }]);
  run(setFlag, ...email, "--flag", "zapier", "--off");
  assert.deepEqual(flags(), [{ z: 0, m: 1 }]);
  refused(/on or off/, setFlag, ...email, "--flag", "zapier");
  refused(/on or off/, setFlag, ...email, "--flag", "zapier", "--on", "--off");
  refused(/not a flag/, setFlag, ...email, "--flag", "role", "--on");
});

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

test("disable-account ends the account's sessions, enable-account lets it in again", () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  assert.match(run(disableAccount, ...email), /is disabled. Sessions ended: 1/);
  assert.equal(standing().live, 0);
  const [before] = database.rows("SELECT disabled_at FROM accounts");
  assert.match(run(disableAccount, ...email), /as it was. Sessions ended: 0/);
  assert.deepEqual(database.rows("SELECT disabled_at FROM accounts"), [before]);
  assert.equal(run(enableAccount, ...email), "ada@example.com is enabled.");
  assert.match(run(enableAccount, ...email), /as it was/);
  assert.equal(standing().live, 0);
});

test("ADM-04: disable-account and set-role leave a tenant a superadmin who can sign in", () => {
  const ada = ["--email", "ada@example.com"] as const;
  const eve = ["--email", "eve@example.com"] as const;
  const refusedBoth = () => {
    const before = database.rows("SELECT * FROM accounts, passwords, audit_events");
    for (const args of [
      [disableAccount],
      [setRole, "--role", "admin"],
      [setRole, "--role", "user"],
    ] as const) {
      const [command, ...more] = args;
      refused(
        /without a superadmin who can sign in.*create-superadmin --tenant default/s,
        command,
        ...ada,
        ...more,
      );
    }
    assert.deepEqual(database.rows("SELECT * FROM accounts, passwords, audit_events"), before);
    assert.equal(standing().live, 1);
  };
  person({ verifiedAt: 5 });
  database.rows("UPDATE accounts SET role = 'superadmin'");
  run(createTenant, "--slug", "acme", "--name", "Acme");
  run(createSuperadmin, ...eve, "--tenant", "acme");
  refusedBoth();
  run(createSuperadmin, ...eve);
  run(disableAccount, ...eve);
  refusedBoth();
  run(enableAccount, ...eve);
  assert.match(run(setRole, ...ada, "--role", "user"), /was superadmin .*, now user/);
});

test("disable-account ends what the account does in another's name", () => {
  person({ verifiedAt: 5 });
  database.rows("UPDATE sessions SET actor_id = account_id, account_id = 'somebody else'");
  assert.match(run(disableAccount, "--email", "ada@example.com"), /Sessions ended: 1/);
});

for (const [name, command] of [
  ["disable-account", disableAccount],
  ["remove-second-factor", removeSecondFactor],
] as const) {
  test(`what an account approved before ${name} opens nothing after it`, async () => {
    person({ verifiedAt: 5 });
    const secondFactor = () =>
      database.rows(`INSERT OR IGNORE INTO second_factors
        (account_id, enrolment_id, sealed_secret, confirmed_at)
        SELECT id, 'e', 's', 1 FROM accounts`);
    secondFactor();
    const changedAt = () =>
      Number(database.rows("SELECT changed_at AS at FROM passwords")[0]?.["at"]);
    database.rows("UPDATE passwords SET changed_at = 5");
    await work(command, "--email", "ada@example.com");
    assert.ok(changedAt() > 5);
    database.rows(`UPDATE passwords SET changed_at = ${FAR}`);
    secondFactor();
    await work(command, "--email", "ada@example.com");
    assert.equal(changedAt(), FAR);
  });
}

for (const [name, command, ...args] of [
  ["create-superadmin", createSuperadmin],
  ["set-role", setRole, "--role", "admin"],
  ["disable-account", disableAccount],
  ["remove-second-factor", removeSecondFactor],
] as const) {
  for (const [clock, typedAt] of [
    ["lies behind, as it does once the operator is asked", 5],
    ["is ahead", FAR + 1],
  ] as const) {
    test(`${name} ends what there is when it is carried out, where the operator's clock ${clock}`, async () => {
      person({ verifiedAt: 5 });
      database.rows("UPDATE passwords SET changed_at = 5");
      database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
        SELECT id, 'e', 's', 1 FROM accounts`);
      const from = Date.now();
      mock.timers.enable({ apis: ["Date"], now: typedAt });
      await work(command, "--email", "ada@example.com", ...args);
      mock.timers.reset();

      const [ended] = database.rows("SELECT changed_at, revoked_at FROM passwords, sessions");
      for (const at of Object.values(ended ?? {})) {
        // SQLite counts seconds in floating point: what is cut off may be a millisecond.
        assert.ok(Number(at) >= from - 1 && Number(at) <= Date.now(), `${at}`);
      }
    });
  }
}

test("remove-second-factor takes app and codes away and ends the sessions", async () => {
  person({ verifiedAt: 5 });
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
    SELECT id, 'e', 's', 1 FROM accounts`);
  database.rows("INSERT INTO recovery_codes (account_id, digest) SELECT id, 'd' FROM accounts");
  const email = ["--email", "ada@example.com"] as const;
  assert.match(
    await work(removeSecondFactor, ...email),
    /without a second factor now. Its sessions ended/,
  );
  assert.deepEqual(database.rows("SELECT 1 FROM second_factors, recovery_codes"), []);
  assert.equal(standing().live, 0);
});

test("remove-second-factor changes nothing where none is on", async () => {
  person({ verifiedAt: 5 });
  const email = ["--email", "ada@example.com"] as const;
  const living = () => database.rows("SELECT 1 FROM sessions WHERE revoked_at IS NULL").length;
  const none = /has no second factor. Nothing was changed/;
  assert.match(await work(removeSecondFactor, ...email), none);
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret)
    SELECT id, 'e', 's' FROM accounts`);
  assert.match(await work(removeSecondFactor, ...email), none);
  assert.equal(living(), 1);
  const told = "SELECT 1 FROM audit_events WHERE event = 'second-factor-removed'";
  assert.deepEqual(database.rows(told), []);
});

test("what an operator does to an account is written down once, and what changes nothing is not", async () => {
  person({ verifiedAt: 5 });
  database.rows(`INSERT INTO second_factors (account_id, enrolment_id, sealed_secret, confirmed_at)
    SELECT id, 'e', 's', 1 FROM accounts`);
  const email = ["--email", "ada@example.com"] as const;
  for (let twice = 0; twice < 2; twice++) {
    run(setRole, ...email, "--role", "admin");
    run(setFlag, ...email, "--flag", "zapier", "--on");
    await work(removeSecondFactor, ...email);
    run(disableAccount, ...email);
  }
  run(enableAccount, ...email);
  refused(/not a role/, setRole, ...email, "--role", "root");

  const told = database.rows(`SELECT event, subject, actor_id AS actor FROM audit_events
    WHERE account_id = (SELECT id FROM accounts) ORDER BY rowid`);
  const actor = "operator";
  assert.deepEqual(told, [
    { event: "account-created", subject: "superadmin", actor },
    { event: "key-revoked", subject: "n", actor },
    { event: "role-changed", subject: "admin", actor },
    { event: "account-changed", subject: "zapier on", actor },
    { event: "second-factor-removed", subject: null, actor },
    { event: "account-disabled", subject: null, actor },
    { event: "account-enabled", subject: null, actor },
  ]);
});

/** What was written down, the oldest first: each in the log of the default tenant, by the operator. */
function told() {
  return database
    .rows(`SELECT event, account_id AS target, subject, actor_id AS actor, slug AS tenant
      FROM audit_events JOIN tenants ON tenants.id = tenant_id ORDER BY audit_events.rowid`)
    .map(({ actor, tenant, ...event }) => {
      assert.deepEqual([actor, tenant], ["operator", "default"]);
      return Object.values(event);
    });
}

test("create-superadmin writes down what it changes: that it made, promoted or proved an account", () => {
  person({ verifiedAt: null });
  const [account] = database.rows("SELECT id FROM accounts");
  const email = ["--email", "ada@example.com"] as const;
  for (let twice = 0; twice < 2; twice++) {
    run(createSuperadmin, ...email);
  }
  database.rows("UPDATE accounts SET role = 'admin'");
  run(createSuperadmin, ...email);
  refused(/no tenant/, createSuperadmin, ...email, "--tenant", "none");

  assert.deepEqual(told(), [
    ["account-created", account?.["id"], "superadmin"],
    ["key-revoked", account?.["id"], "n"],
    ["account-changed", account?.["id"], "e-mail verified"],
    ["role-changed", account?.["id"], "superadmin"],
    ["role-changed", account?.["id"], "superadmin"],
  ]);
});

test("what an operator does to clients and tenants is written down once, and what changes nothing is not", async () => {
  const words = file(Buffer.from('{"action": "Yes"}'));
  const site = ["--alias", "studio", "--to", "https://a.test"] as const;
  const which = ["--kind", "verify-email", "--language", "en"] as const;
  const twice = async (command: Command<Plan>, ...args: string[]) => {
    await work(command, ...args);
    try {
      await work(command, ...args);
    } catch (error) {
      assert.ok(error instanceof Problem);
    }
  };
  await twice(createTenant, "--slug", "acme", "--name", "Acme", "--open");
  await twice(setRegistration, "--tenant", "acme", "--closed");
  await twice(setBrand, "--tenant", "acme", "--color", "#0b5a54");
  await twice(setSender, "--tenant", "acme", "--name", "Acme");
  await twice(setLetter, "--tenant", "acme", ...which, "--file", words);
  run(setLetter, "--tenant", "acme", ...which, "--show");
  await twice(allowFrontEnd, "--tenant", "acme", ...site);
  await twice(createClient, ...tv, "--grants", "device_code");
  await twice(setClient, "--id", "tv", "--name", "Television", "--no-scopes");
  await twice(removeClient, "--id", "tv");

  assert.deepEqual(told(), [
    ["tenant-created", "tenant:acme", null],
    ["tenant-changed", "tenant:acme", "registration closed"],
    ["tenant-changed", "tenant:acme", "brand"],
    ["tenant-changed", "tenant:acme", "sender"],
    ["tenant-changed", "tenant:acme", "letter verify-email in en"],
    ["tenant-changed", "tenant:acme", "front end studio"],
    ["client-created", "client:tv", null],
    ["client-changed", "client:tv", "name, scopes"],
    ["client-removed", "client:tv", null],
  ]);
});

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

test("every command says when there is no such tenant or account", async () => {
  const byAccount: [Command, string[]][] = [
    [setRole, ["--role", "admin"]],
    [setFlag, ["--flag", "zapier", "--on"]],
    [disableAccount, []],
    [enableAccount, []],
  ];
  const email = ["--email", "nobody@example.com"] as const;
  for (const [command, more] of byAccount) {
    refused(/tenant default has no account/, command, ...email, ...more);
    refused(/no tenant with the slug "none"/, command, ...email, ...more, "--tenant", "none");
  }
  refused(/no tenant/, createSuperadmin, ...email, "--tenant", "none");
  await refusedWork(
    /for the tenant default alone/,
    createClient,
    ...tv,
    "--grants",
    "device_code",
    "--tenant",
    "none",
  );
  const site = ["--alias", "a", "--to", "https://a.test"] as const;
  refused(/no tenant/, allowFrontEnd, ...site, "--tenant", "none");
});

test("quotes in what is given stay what they are", () => {
  refused(/no tenant/, disableAccount, "--email", "a@b.co", "--tenant", "x' OR '1'='1");
  person({ verifiedAt: 5 });
  refused(/has no account/, disableAccount, "--email", "o'brien@example.com");
  assert.equal(standing().live, 1);
});

test("set-letter gives a letter its own words, shows it as it will arrive, and clears them", () => {
  const which = ["--kind", "verify-email", "--language", "en"] as const;
  const own = { subject: "Welcome to {brand}", lead: "It's \"yours\", isn't it?" };
  const path = file(Buffer.from(JSON.stringify(own)));
  run(setBrand, "--name", "Acme");
  const said = run(setLetter, ...which, "--file", path);
  assert.match(
    said,
    /like this.*\nWelcome to Acme\n=+\n\nIt's "yours", isn't it\?\n\nhttps:\/\/auth\.test\//s,
  );
  assert.match(said, /If you did not register, somebody else did.*– Acme/s);
  assert.match(run(setLetter, ...which, "--show"), /^Welcome to Acme\n/);
  assert.match(
    run(setLetter, "--kind", "verify-email", "--language", "de", "--show"),
    /Bestätigen/,
  );

  run(setLetter, ...which, "--file", file(Buffer.from('{"action": "Yes"}')));
  assert.match(run(setLetter, ...which, "--show"), /^Confirm your e-mail address\n/);
  run(setSender, "--name", "Acme", "--reply-to", "help@acme.test");
  run(setLetter, ...which, "--clear");
  const [{ letters } = {}] = database.rows("SELECT letters FROM tenants WHERE slug = 'default'");
  const kept = { senderName: "Acme", replyTo: "help@acme.test", texts: { en: {} } };
  assert.deepEqual(JSON.parse(String(letters)), kept);
  assert.match(run(setSender, "--clear"), /come from the service/);
});

for (const [kind, life, language] of [
  ["verify-email", "for 24 hours", "en"],
  ["verify-email", "24 Stunden", "de"],
  ["prove-address", "for 24 hours", "en"],
  ["invitation", "for 72 hours", "en"],
  ["reset-password", "for 1 hour", "en"],
  ["login-code", "10 minutes", "en"],
] as const) {
  test(`set-letter shows a letter with the life that it has: ${kind}, ${life}`, () => {
    const said = run(setLetter, "--kind", kind, "--language", language, "--show");
    assert.ok(said.includes(life), said);
  });
}

test("set-letter refuses what no letter can say, and writes nothing", () => {
  const which = ["--kind", "login-code", "--language", "en"] as const;
  const refusedText = (text: string, expected: RegExp) =>
    refused(expected, setLetter, ...which, "--file", file(Buffer.from(text)));
  refusedText(
    '{"subject": "Your code: {code}"}',
    /"subject" in .* has something else in braces than {brand}/,
  );
  refusedText('{"subject": "a\\r\\nBcc: b@c.test"}', /must be on one line/);
  refusedText('{"html": "<b>"}', /"html" in .* is no text of this letter: it has subject, notYou/);
  refusedText("{}", /has no text.*at least one of subject, notYou/s);
  refusedText("[]", /is no JSON object/);
  refusedText("{", /cannot be read as JSON/);
  refused(/Give --file, --clear or --show/, setLetter, ...which);
  refused(/Give --file, --clear or --show/, setLetter, ...which, "--clear", "--show");
  refused(/"ping" is no kind.*verify-email/s, setLetter, "--kind", "ping", "--language", "en");
  refused(/"fr" is no language/, setLetter, "--kind", "login-code", "--language", "fr");
  refused(/no tenant/, setLetter, ...which, "--show", "--tenant", "zoo");
  refused(/Give --name or --reply-to/, setSender);
  refused(/is no name for a sender/, setSender, "--name", "me@bank.test");
  refused(/is not an e-mail address/, setSender, "--reply-to", "a@b.test\nBcc: c@d.test");
  assert.deepEqual(database.rows("SELECT letters FROM tenants"), [{ letters: null }]);
});

test("set-letter --help names every kind of letter that there is, on lines that fit a screen", () => {
  const help = setLetter.help("set-letter");
  const said = help.replaceAll(/\s+/g, " ");
  assert.ok(said.includes(`of letter: ${Object.keys(OWN_TEXTS).join(", ")}; required`), help);
  assert.ok(Math.max(...help.split("\n").map((line) => line.length)) < 130, help);
});

test("lift-suppression has letters tried again to an address, or to a domain", () => {
  run(createTenant, "--slug", "acme", "--name", "Acme");
  const suppress = (tenant: string, email: string, until = FAR) =>
    database.rows(`INSERT INTO suppressed_addresses (tenant_id, email, reason, detail, at, until)
      SELECT id, '${email}', 'bounced', '550 5.1.1', 1, ${until} FROM tenants WHERE slug = '${tenant}'`);
  for (const email of ["ada@a.test", "bob@a.test", "eve@notA.test", "eve@b.a.test"]) {
    suppress("default", email.toLowerCase());
  }
  suppress("default", "old@a.test", 5);
  suppress("acme", "ada@a.test");

  assert.match(run(listSuppressed), /ada@a.test +bounced .* 550 5.1.1 +until /);
  assert.doesNotMatch(run(listSuppressed), /old@a.test/);
  assert.equal(run(liftSuppression, "--email", " Ada@A.test"), "ada@a.test is sent letters again.");
  assert.equal(run(liftSuppression, "--domain", "a.test"), "bob@a.test is sent letters again.");
  refused(/Nothing keeps letters from ada@a.test/, liftSuppression, "--email", "ada@a.test");
  refused(/either --email or --domain/, liftSuppression);
  refused(/no tenant with the slug "zoo"/, listSuppressed, "--tenant", "zoo");
  assert.deepEqual(
    database.rows(
      "SELECT event, subject FROM audit_events WHERE event LIKE 'supp%' ORDER BY rowid",
    ),
    ["ada@a.test", "every address @a.test"].map((subject) => ({
      event: "suppression-lifted",
      subject,
    })),
  );
  assert.match(run(listSuppressed, "--tenant", "acme"), /ada@a.test/);
  run(liftSuppression, "--tenant", "acme", "--domain", "@a.test");
  assert.equal(run(listSuppressed, "--tenant", "acme"), "Every address is sent its letters.");
});

test("wrong options are refused with the command's help", () => {
  refused(/Unknown option '--mail'.\n\n.*--email <address>/s, disableAccount, "--mail", "a@b.co");
  refused(/a-command needs --email/, disableAccount);
  refused(/needs --slug and --name/, createTenant);
  refused(/'--email <value>' argument missing/, disableAccount, "--email");
  refused(/is not an e-mail address/, disableAccount, "--email", "ada");
  refused(/Unexpected argument 'x'/, disableAccount, "x");
  const both = ["--remote", "--persist-to", "x"] as const;
  refused(/kept in no folder/, disableAccount, "--email", "a@b.co", ...both);
});

/** A file with this in it, for as long as the tests run. */
function file(bytes: Buffer): string {
  const path = join(folder, "an image");
  writeFileSync(path, bytes);
  return path;
}

/** Somebody with a password, a session and a key. */
function person({ verifiedAt }: { verifiedAt: number | null }): void {
  run(createSuperadmin, "--email", "ada@example.com");
  database.rows(`UPDATE accounts SET role = 'user', email_verified_at = ${verifiedAt}`);
  database.rows("UPDATE passwords SET hash = 'hash'");
  database.rows(`INSERT INTO sessions
      (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
    SELECT 's', tenant_id, id, 'planasonix', 1, ${FAR}, ${FAR} FROM accounts`);
  database.rows(`INSERT INTO keys
      (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at)
    SELECT 'k', tenant_id, id, 'api', 'n', 'p', 'h', '[]', 1 FROM accounts`);
}

function standing() {
  const [row] = database.rows(`SELECT role, email_verified_at AS verified, hash,
      (SELECT count(*) FROM sessions WHERE revoked_at IS NULL) AS live,
      (SELECT count(*) FROM keys) AS keys
    FROM accounts JOIN passwords ON account_id = accounts.id`);
  return { ...row };
}
