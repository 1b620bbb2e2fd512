import assert from "node:assert/strict";
import { test } from "node:test";
import { Problem } from "../problem.ts";
import { commandsOnFreshDatabase } from "../test-support/commands-on-fresh-database.ts";
import { fileOf } from "../test-support/file-of.ts";
import { allowFrontEnd } from "./allow-front-end.ts";
import type { Command, Plan } from "./command.ts";
import { createClient } from "./create-client.ts";
import { createSuperadmin } from "./create-superadmin.ts";
import { createTenant } from "./create-tenant.ts";
import { disableAccount } from "./disable-account.ts";
import { enableAccount } from "./enable-account.ts";
import { removeClient } from "./remove-client.ts";
import { setBrand } from "./set-brand.ts";
import { setClient } from "./set-client.ts";
import { setFlag } from "./set-flag.ts";
import { setLetter } from "./set-letter.ts";
import { setRegistration } from "./set-registration.ts";
import { setRole } from "./set-role.ts";
import { setSender } from "./set-sender.ts";

const { person, refused, refusedWork, run, standing, told, work } = commandsOnFreshDatabase();

const tv = ["--id", "tv", "--name", "TV", "--scopes", "openid, profile"] as const;

test("what an operator does to clients and tenants is written down once, and what changes nothing is not", async () => {
  const words = fileOf(Buffer.from('{"action": "Yes"}'));
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
