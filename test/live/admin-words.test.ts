import assert from "node:assert/strict";
import { before, test } from "node:test";
import { adminApi } from "../../scripts/admin/admin-api.ts";
import { COMMANDS } from "../../scripts/admin/commands.ts";
import { Problem } from "../../scripts/problem.ts";
import { commandsOn, SITE } from "../../scripts/test-support/commands-on.ts";
import { schemaInMemory } from "../../scripts/test-support/schema-in-memory.ts";
import { issuer } from "./support/issuer.ts";
import { newSuperadmin } from "./support/superadmin.ts";

/** A command line, and what it says wherever it is carried out. */
type Line = readonly [line: string, says: RegExp];

let token: string;

before(async () => {
  token = (await newSuperadmin()).accessToken;
});

const newSlug = () => `live-${crypto.randomUUID().slice(0, 8)}`;

test("of tenants the admin command says through the service what it says of a database", async () => {
  const slug = newSlug();
  const of = `--tenant ${slug}`;
  await saysTheSame([
    [`create-tenant --slug ${slug} --name Live`, /Make one:\n +admin create-superadmin --tenant/],
    [`create-tenant --slug ${slug} --name Live`, /is taken\.\nChoose another one/],
    [`set-registration ${of} --open`, /has no superadmin.*\nMake one, then open it: admin create/],
    [`set-registration ${of} --closed`, /is closed/],
    [`set-brand ${of} --color #0b5a54`, /has its color/],
    [`set-sender ${of} --name Live`, /come from Live/],
    [`set-letter ${of} --kind login-code --language en --clear`, /It is sent like this/],
  ]);
});

test("of a tenant that there is not it says so, and how one is made", async () => {
  const of = `--tenant ${newSlug()}`;
  const ada = `--email ada@example.test ${of}`;
  const none = /no tenant with the slug.*\nCheck its spelling, or make it: admin create-tenant/;
  await saysTheSame(
    [
      `set-registration ${of} --closed`,
      `set-brand ${of} --clear`,
      `set-sender ${of} --clear`,
      `set-letter ${of} --kind login-code --language en --show`,
      `set-letter ${of} --kind login-code --language en --clear`,
      `list-front-ends ${of}`,
      `allow-front-end ${of} --alias live --to https://live.test`,
      `remove-front-end ${of} --alias live`,
      `disable-account ${ada}`,
      `find-accounts ${of}`,
      `revoke-key ${of} --id a`,
      `create-webhook ${of} --to https://hooks.example.com/`,
      `list-webhooks ${of}`,
    ].map((line) => [line, none]),
  );
});

test("of front ends it says the same, and where an alias led before", async () => {
  const slug = newSlug();
  const live = `--tenant ${slug} --alias live`;
  await saysTheSame([
    [`create-tenant --slug ${slug} --name Live`, /Made the tenant/],
    [
      `allow-front-end ${live} --to https://live.test`,
      /may now lead to live, https:\/\/live\.test$/,
    ],
    [`allow-front-end ${live} --to https://live.test`, /leads to https:\/\/live\.test already\.$/],
    [`allow-front-end ${live} --to https://b.test`, /Before, it led to https:\/\/live\.test$/],
    [`remove-front-end ${live}`, /lead to live no more/],
    [`remove-front-end ${live}`, /no front end live\.\nLook at those there are: admin list-front/],
  ]);
});

test("of accounts it says the same, and what a refusal takes", async () => {
  const slug = newSlug();
  const ada = `--tenant ${slug} --email ada@example.test`;
  const bob = `--tenant ${slug} --email bob@example.test`;
  const last = /without a superadmin.*\nMake another one first: admin create-superadmin --tenant/;
  const ways = newWays();
  await saysTheSame([[`create-tenant --slug ${slug} --name Live`, /Made the tenant/]], ways);
  for (const way of [ways.inDatabase, ways.overHttp]) {
    assert.match(await way(`create-superadmin ${ada}`), /^Made ada@example\.test/);
  }
  ways.rows(`INSERT INTO accounts (id, tenant_id, email, created_at)
    SELECT 'bob', id, 'bob@example.test', 1 FROM tenants WHERE slug = '${slug}'`);
  ways.rows("INSERT INTO passwords VALUES ('bob', NULL, 1, 0)");
  await ways.overHttp(`invite ${bob}`);
  await saysTheSame(
    [
      [`set-role ${ada} --role user`, last],
      [`disable-account ${ada}`, last],
      [`remove-account ${ada}`, last],
      [`set-role ${bob} --role admin`, /has not proved its address.*\nIts owner follows the link/],
      [`set-flag ${bob} --flag zapier --on`, /zapier is on for bob@example\.test\.$/],
      [`set-flag ${bob} --flag zapier --on`, /, as it was\.$/],
      [`end-sessions ${bob}`, /Sessions ended: 0/],
      [`remove-second-factor ${bob}`, /has no second factor/],
      [`disable-account ${bob}`, /is disabled\. Sessions ended: 0/],
      [`remove-account ${bob}`, /Removed bob@example\.test/],
      [`remove-account ${bob}`, /has no account with the address bob.*\n.*by registering\.$/],
      [
        `revoke-key --tenant ${slug} --id a`,
        /has no key a\.\nLook at those there are, with --email .*: admin list-keys --tenant live-/,
      ],
    ],
    ways,
  );
});

test("of a superadmin who is disabled it says how the account is enabled, in its tenant", async () => {
  const slug = newSlug();
  const tenant = `--tenant ${slug}`;
  const ways = newWays();
  await saysTheSame([[`create-tenant --slug ${slug} --name Live`, /Made the tenant/]], ways);
  for (const way of [ways.inDatabase, ways.overHttp]) {
    for (const name of ["ada", "bob"]) {
      await way(`create-superadmin --email ${name}@example.test ${tenant}`);
    }
    await way(`disable-account --email ada@example.test ${tenant}`);
    assert.match(
      await way(`create-superadmin --email ada@example.test ${tenant}`),
      new RegExp(`It is disabled: admin enable-account --email ada@example.test ${tenant}$`, "m"),
    );
  }
});

test("of clients it says the same, and calls no field by the name that we have for it", async () => {
  const id = `--id ${newSlug()}`;
  const none = /has no client .*\nLook at those there are: admin list-clients --tenant default/;
  const code = "--grants authorization_code --redirect-uri https://a.test/cb";
  await saysTheSame([
    [`create-client ${id} --name Live ${code} --confidential`, /Made the client .* default\.\n/],
    [
      `create-client ${id} --name Live ${code}`,
      /already.*\nChoose another one, with --id\. Where list-clients/,
    ],
    [`set-client ${id} --name Live`, /is as it was/],
    [
      `set-client ${id} --name Alive --redirect-uri https://b.test/cb`,
      /^Changed the client .*: name, redirect URIs\.\n/,
    ],
    [`set-client ${id} --redirect-uri https://b.test/cb`, /is as it was/],
    [`remove-client ${id}`, /Removed the client/],
    [`remove-client ${id}`, none],
    [`set-client ${id} --name Live`, none],
    [`create-client ${id} --name TV --grants device_code`, /until two minutes ago/],
    [`create-client ${id}-tv --name TV --grants device_code`, /It is public/],
    [
      `set-client ${id}-tv --redirect-uri https://a.test/cb`,
      /has other grants.*\nLeave --redirect/,
    ],
  ]);
});

test("of webhooks it says the same", async () => {
  const slug = newSlug();
  const one = `--id <webhook> --tenant ${slug}`;
  const none = /There is no webhook .*\nLook it up: admin list-webhooks --tenant live-/;
  const to = "https://hooks.example.com/live";
  await saysTheSame([
    [`create-tenant --slug ${slug} --name Live`, /Made the tenant/],
    [`create-webhook --tenant ${slug} --to ${to}`, /Made the webhook .*, to https:/],
    [`enable-webhook ${one}`, /^Events are sent to https:\/\/hooks\.example\.com\/live already\.$/],
    [`remove-webhook ${one}`, /^Removed the webhook to https:\/\/hooks\.example\.com\/live\.$/],
    [`enable-webhook ${one}`, none],
    [`rotate-webhook ${one}`, none],
    [`remove-webhook ${one}`, none],
  ]);
});

/** Carries lines out in a database and through the service: each says the same there and here. */
async function saysTheSame(lines: readonly Line[], ways = newWays()): Promise<void> {
  for (const [line, says] of lines) {
    const inDatabase = await ways.inDatabase(line);
    assert.match(inDatabase, says, line);
    assert.equal(await ways.overHttp(line), inDatabase, line);
  }
}

/** Both ways to carry a line out: in a database of its own, and through the service in a superadmin's name. */
function newWays() {
  const database = schemaInMemory();
  const { work } = commandsOn(() => database);
  return {
    rows: database.rows,
    inDatabase: wayBy((command, args) => work(command, ...args)),
    overHttp: wayBy(async (command, args) => {
      const task = command.read("a-command", [...args, "--url", issuer])?.task;
      assert.ok(task?.overHttp);
      const { scopes, carryOut } = task.overHttp;
      const stop = new AbortController().signal;
      return (await carryOut(adminApi(issuer, { token, scopes }, stop))).join("\n");
    }),
  };
}

type CarryOut = (command: Command, args: readonly string[]) => Promise<string>;
type Command = NonNullable<(typeof COMMANDS)[string]>;

/** What is said, a problem and what to do about it too: as of one place, and without what is another's each time. */
function wayBy(carryOut: CarryOut): (line: string) => Promise<string> {
  let webhook = "";
  return async (line) => {
    const [name = "", ...args] = line.replace("<webhook>", webhook).split(" ");
    const command = COMMANDS[name];
    assert.ok(command, line);
    const said = await carryOut(command, args).catch((error: unknown) => {
      assert.ok(error instanceof Problem, String(error));
      return `${error.message}\n${error.advice}`;
    });
    [, webhook = webhook] = said.match(/webhook ([\w-]{36}),/) ?? [];
    return said
      .replaceAll(webhook || "<webhook>", "<webhook>")
      .replaceAll(/(?:whsec_[\w+/=]+|^ {2}[\w-]{43}$)/gm, "<secret>")
      .replaceAll(/npm run admin -- (.*) --url \S+/g, "admin $1")
      .replaceAll(issuer, SITE.publicUrl);
  };
}
