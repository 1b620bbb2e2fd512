import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { answerTo } from "./support/answer-to.ts";
import { issuer } from "./support/issuer.ts";
import { mailed, RESET_LINK } from "./support/mailed.ts";
import { decide, newPerson } from "./support/person.ts";
import { newSuperadmin } from "./support/superadmin.ts";
import { testClients } from "./support/test-clients.ts";
import { until } from "./support/until.ts";

const { backOffice } = testClients;
const BY_CLIENT = {
  LATCHKEY_ADMIN_CLIENT_ID: backOffice.id,
  LATCHKEY_ADMIN_CLIENT_SECRET: backOffice.secret,
};
const OVER_HTTP = ["--url", issuer, "--yes"];
const folder = mkdtempSync(join(tmpdir(), "latchkey-admin-"));
after(() => rmSync(folder, { recursive: true }));

test("the admin command disables and enables an account through the service", async () => {
  const { email } = await newPerson();
  const disabled = await admin(["disable-account", "--email", email, ...OVER_HTTP], BY_CLIENT);
  assert.deepEqual(disabled.code, 0, disabled.said);
  assert.match(disabled.said, new RegExp(`${email} is disabled\\. Sessions ended: \\d`));
  const enabled = await admin(["enable-account", "--email", email, ...OVER_HTTP], BY_CLIENT);
  assert.match(enabled.said, new RegExp(`${email} is enabled\\.`));
  const flagged = ["set-flag", "--email", email, "--flag", "zapier", "--on"];
  assert.match((await admin([...flagged, ...OVER_HTTP], BY_CLIENT)).said, /zapier is on/);
});

test("the admin command makes and removes tenants and clients through the service", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  const tenant = ["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP];
  assert.match((await admin(tenant, BY_CLIENT)).said, new RegExp(`Made the tenant ${slug}`));
  const again = await admin(tenant, BY_CLIENT);
  assert.equal(again.code, 1);
  assert.match(again.said, /The slug .* is taken\./);
  const client = ["--id", slug, ...OVER_HTTP];
  const grants = ["--grants", "client_credentials", "--scopes", "orders:read", "--confidential"];
  const made = await admin(["create-client", "--name", "Live", ...grants, ...client], BY_CLIENT);
  assert.match(made.said, /^ {2}[\w-]{43}$/m);
  assert.match((await admin(["remove-client", ...client], BY_CLIENT)).said, /Removed the client/);
});

test("the admin command gives a tenant its looks and its sender through the service", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  await admin(["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP], BY_CLIENT);
  const logo = join(folder, "logo.svg");
  writeFileSync(logo, '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const tenant = ["--tenant", slug, ...OVER_HTTP];
  const looks = ["--name", "Alive", "--color", "#0b5a54", "--logo", logo];
  const set = await admin(["set-brand", ...looks, ...tenant], BY_CLIENT);
  assert.match(set.said, /has its name and color and logo, within a minute\.$/m);
  const { accessToken } = await newSuperadmin();
  const BY_PERSON = { LATCHKEY_ADMIN_TOKEN: accessToken };
  const sender = ["set-sender", "--name", "Live", "--reply-to", "help@live.test"];
  assert.match((await admin([...sender, ...tenant], BY_CLIENT)).said, /No client may do that/);
  assert.match(
    (await admin([...sender, ...tenant], BY_PERSON)).said,
    /come from Live, answers to help@live\.test, within a minute\.$/m,
  );
  const words = join(folder, "letter.json");
  writeFileSync(words, '{"subject": "Welcome to {brand}", "notYou": "Leave it be."}');
  const letter = ["set-letter", "--kind", "verify-email", "--language", "en", ...tenant];
  assert.match(
    (await admin([...letter, "--file", words], BY_CLIENT)).said,
    /No client may do that/,
  );
  const worded = await admin([...letter, "--file", words], BY_PERSON);
  assert.match(
    worded.said,
    /like this, within a minute:\n\nWelcome to Alive\n=+\n.*Leave it be\./s,
  );
  assert.match((await admin([...letter, "--clear"], BY_PERSON)).said, /^Confirm your e-mail/m);
  assert.match((await admin([...letter, "--show"], BY_CLIENT)).said, /^Confirm your e-mail/m);
  const own = async () => {
    const { said } = await admin(["list-tenants", "--url", issuer], BY_CLIENT);
    return said.match(new RegExp(`^${slug} +Live +closed +(\\S+) `, "m"))?.[1];
  };
  assert.equal(await own(), "name,color,logo");
  await admin(["set-brand", "--clear", ...tenant], BY_CLIENT);
  assert.equal(await own(), "–");
});

test("the admin command allows, lists and removes front ends through the service", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  await admin(["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP], BY_CLIENT);
  const { accessToken } = await newSuperadmin();
  const BY_PERSON = { LATCHKEY_ADMIN_TOKEN: accessToken };
  const site = ["--alias", "live", "--tenant", slug, ...OVER_HTTP];
  const to = ["--to", "https://live.example.com"];
  const allowed = await admin(["allow-front-end", ...to, ...site], BY_PERSON);
  assert.match(allowed.said, /may now lead to live, https:\/\/live\.example\.com$/m);
  const list = () => admin(["list-front-ends", "--tenant", slug, "--url", issuer], BY_CLIENT);
  assert.match((await list()).said, /^live +https:\/\/live\.example\.com +20.* UTC$/m);

  const byClient = await admin(["remove-front-end", ...site], BY_CLIENT);
  assert.equal(byClient.code, 1);
  assert.match(byClient.said, /No client may do that: .*Sign in as a superadmin/s);
  const removed = await admin(["remove-front-end", ...site], BY_PERSON);
  assert.match(removed.said, /lead to live no more\.$/m);
  assert.match((await list()).said, /may lead to no site but the service's own/);
  const again = await admin(["remove-front-end", ...site], BY_PERSON);
  assert.equal(again.code, 1);
  assert.match(again.said, /has no front end live\..*list-front-ends --tenant .* --url/s);
});

test("the admin command makes, lists, changes and removes webhooks through the service", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  await admin(["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP], BY_CLIENT);
  const tenant = ["--tenant", slug, ...OVER_HTTP];
  const to = ["--to", "https://hooks.example.com/live", "--events", "key-made,key-deleted"];
  const { said } = await admin(["create-webhook", ...to, ...tenant], BY_CLIENT);
  const [, id = ""] = said.match(/^Made the webhook ([\w-]{36}), to /m) ?? [];
  const [secret = ""] = said.match(/whsec_[\w+/]{43}=/) ?? [];
  assert.notEqual(secret, "", said);
  const listed = await admin(["list-webhooks", "--tenant", slug, "--url", issuer], BY_CLIENT);
  assert.match(
    listed.said,
    new RegExp(`^${id} +https://hooks\\S+/live +key-made,key-deleted +on$`, "m"),
  );
  assert.ok(!listed.said.includes(secret));

  const one = ["--id", id, ...tenant];
  const rotated = await admin(["rotate-webhook", ...one], BY_CLIENT);
  assert.match(
    rotated.said,
    /^Its new secret: whsec_.*For a day the one before signs as well\.$/ms,
  );
  const leaked = await admin(["rotate-webhook", "--leaked", ...one], BY_CLIENT);
  assert.match(leaked.said, /The one before signs no more\.$/m);
  assert.match((await admin(["enable-webhook", ...one], BY_CLIENT)).said, /^Events are sent to /m);
  const elsewhere = await admin(["remove-webhook", "--id", id, ...OVER_HTTP], BY_CLIENT);
  assert.match(elsewhere.said, /There is no webhook /);
  assert.match((await admin(["remove-webhook", ...one], BY_CLIENT)).said, /^Removed the webhook/m);
});

test("the admin command lists tenants and clients through the service, and changes a client", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  await admin(["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP], BY_CLIENT);
  const tenants = await admin(["list-tenants", "--url", issuer], BY_CLIENT);
  assert.match(
    tenants.said,
    new RegExp(`^${slug} +Live +closed +– +20.* UTC +[0-9a-f-]{36}$`, "m"),
  );
  assert.match(tenants.said, /^default +\w+ +open /m);

  const id = ["--id", slug, ...OVER_HTTP];
  const grants = ["--grants", "authorization_code", "--redirect-uri", "https://a.test/cb"];
  await admin(["create-client", "--name", "Live", "--confidential", ...grants, ...id], BY_CLIENT);
  const names = ["--name", "Live Shop", "--owner", "Acme Inc.", "--scopes", "openid,orders:read"];
  const uris = ["--redirect-uri", "https://b.test/cb", "--redirect-uri", "https://c.test/cb"];
  const changed = await admin(["set-client", ...names, ...uris, ...id], BY_CLIENT);
  assert.match(changed.said, /^Changed the client .*: name, owner, scopes, redirect URIs\.$/m);
  const clients = await admin(["list-clients", "--url", issuer], BY_CLIENT);
  const kind = "confidential +authorization_code +openid,orders:read";
  assert.match(
    clients.said,
    new RegExp(
      `^${slug} +Live Shop +Acme Inc\\. +${kind} +https://b\\.test/cb,https://c\\.test/cb +–$`,
      "m",
    ),
  );
  await admin(["set-client", "--no-owner", "--no-scopes", ...id], BY_CLIENT);
  const cleared = await admin(["list-clients", "--url", issuer], BY_CLIENT);
  assert.match(
    cleared.said,
    new RegExp(`^${slug} +Live Shop +– +confidential +authorization_code +– `, "m"),
  );
});

test("the admin command changes no client of the default tenant for another's", async () => {
  for (const command of ["list-clients", "set-client --name x", "remove-client"]) {
    const [name = "", ...more] = command.split(" ");
    const id = name === "list-clients" ? [] : ["--id", backOffice.id];
    const args = [name, ...more, ...id, "--tenant", "acme", ...OVER_HTTP];
    const { code, said } = await admin(args, BY_CLIENT);
    assert.equal(code, 1);
    assert.match(said, /for the tenant default alone/);
  }
  const { said } = await admin(["list-clients", "--url", issuer], BY_CLIENT);
  assert.match(said, new RegExp(`^${backOffice.id} +${backOffice.name} `, "m"));
});

test("the admin command invites somebody, once more too, by a letter whose link sets a password", async () => {
  const email = `p-${crypto.randomUUID()}@example.test`;
  const invitation = ["invite", "--email", email, ...OVER_HTTP];
  const about = ["--name", "Robin Example", "--language", "de"];
  const { code, said } = await admin([...invitation, ...about], BY_CLIENT);
  assert.equal(code, 0, said);
  assert.match(said, new RegExp(`^Made ${email} an account of the tenant default\\.$`, "m"));
  const token = await mailed(email, RESET_LINK);
  assert.ok(!said.includes(token), "a link is its owner's alone");
  const again = await admin([...invitation, ...about], BY_CLIENT);
  assert.equal(again.code, 1);
  assert.match(again.said, /has an account of the tenant default already, with a name/);
  assert.match((await admin(invitation, BY_CLIENT)).said, /A link to set its password is mailed/);
  const newer = await until("a second letter", async () => {
    const newest = await mailed(email, RESET_LINK);
    return newest !== token && newest;
  });
  const password = "a gentle otter of june";
  const reset = await answerTo("/api/reset-password", { body: { token: newer, password } });
  assert.equal(reset.status, 200);
});

test("the admin command finds an account, signs it out, mails it a link and removes it through the service", async () => {
  const { accessToken, address, email, id } = await newPerson();
  const person = ["--email", email, ...OVER_HTTP];
  const find = ["find-accounts", "--email-prefix", email, "--url", issuer];
  const found = await admin(find, BY_CLIENT);
  assert.match(found.said, new RegExp(`^${email} +user +– +20.* UTC +${id}$`, "m"));
  const asThem = () => answerTo("/api/user/api-keys", { accessToken, address });
  assert.equal((await asThem()).status, 200);
  const ended = await admin(["end-sessions", ...person], BY_CLIENT);
  assert.match(ended.said, /is signed out everywhere\. Sessions ended: 1\.$/m);
  assert.equal((await asThem()).status, 401);

  const mailing = await admin(["send-password-reset", ...person], BY_CLIENT);
  assert.match(mailing.said, new RegExp(`is mailed to ${email}`));
  const token = await mailed(email, RESET_LINK);
  assert.ok(!mailing.said.includes(token), "a link is its owner's alone");
  const password = "a gentle otter of june";
  const reset = await answerTo("/api/reset-password", { body: { token, password } });
  assert.equal(reset.status, 200);

  const unasked = await admin(["remove-account", "--email", email, "--url", issuer], BY_CLIENT);
  assert.equal(unasked.code, 1);
  assert.match(
    unasked.said,
    new RegExp(`At ${issuer}, this will remove ${email} and everything .*Nothing was written`, "s"),
  );
  const removed = await admin(["remove-account", ...person], BY_CLIENT);
  assert.match(removed.said, new RegExp(`Removed ${email} and everything of its own`));
  assert.match((await admin(find, BY_CLIENT)).said, /has no account whose address begins with/);
});

test("the admin command lists keys and revokes them through the service", async () => {
  const { accessToken, address, email } = await newPerson();
  const body = { name: "Night build", scopes: ["profile:read"] };
  const made = await answerTo<{ data: { key: string; id: string } }>("/api/user/api-keys", {
    ...{ accessToken, address, body },
  });
  const { id, key } = made.body.data;
  const asKey = async () =>
    (await answerTo("/api/user/profile", { accessToken: key, address })).status;
  assert.equal(await asKey(), 200);
  const list = ["list-keys", "--email", email, "--url", issuer];
  const listed = await admin(list, BY_CLIENT);
  assert.match(listed.said, new RegExp(`^${id} +Night build +${key.slice(0, 6)}`, "m"));
  assert.ok(!listed.said.includes(key));
  assert.match((await admin(["list-keys", "--url", issuer], BY_CLIENT)).said, /service keys|^id /m);
  const revoke = ["revoke-key", "--id", id, ...OVER_HTTP];
  assert.match((await admin(revoke, BY_CLIENT)).said, new RegExp(`Revoked the key ${id}`));
  assert.equal(await asKey(), 401);
  const again = await admin(revoke, BY_CLIENT);
  assert.equal(again.code, 1);
  assert.match(again.said, /has no key .*list-keys --url/s);
});

test("the admin command asks for what another tenant takes, with a client's scopes", async () => {
  const slug = `live-${crypto.randomUUID().slice(0, 8)}`;
  await admin(["create-tenant", "--slug", slug, "--name", "Live", ...OVER_HTTP], BY_CLIENT);
  const there = ["--email", "p@example.test", "--tenant", slug, ...OVER_HTTP];
  const invited = await admin(["invite", ...there], BY_CLIENT);
  assert.equal(invited.code, 0, invited.said);
  const disabled = await admin(["disable-account", ...there], BY_CLIENT);
  assert.match(disabled.said, /p@example.test is disabled/);
  const refused = await admin(["send-password-reset", ...there], BY_CLIENT);
  assert.match(
    refused.said,
    /p@example.test is disabled.*enable-account --email p@example.test --tenant .* --url/s,
  );
});

test("the admin command says what a client may not do", async () => {
  const { email } = await newPerson();
  const role = ["set-role", "--email", email, "--role", "admin", ...OVER_HTTP];
  const { code, said } = await admin(role, BY_CLIENT);
  assert.equal(code, 1);
  assert.match(said, /Only a superadmin may do that: .* No client counts as one/);
  const site = ["--alias", "live", "--to", "https://live.example.com"];
  const allowed = await admin(["allow-front-end", ...site, ...OVER_HTTP], BY_CLIENT);
  assert.equal(allowed.code, 1);
  assert.match(allowed.said, /No client may do that: /);
  const own = ["create-client", "--id", "live-ours", "--name", "Ours", "--first-party"];
  const grants = ["--grants", "device_code"];
  const made = await admin([...own, ...grants, ...OVER_HTTP], BY_CLIENT);
  assert.equal(made.code, 1);
  assert.match(made.said, /is first-party, which is for people alone\.\nGive LATCHKEY_ADMIN_TOKEN/);
});

test("the admin command says what of an administrator's only a superadmin may touch, and what nobody of their own", async () => {
  const { accessToken, address, email } = await newSuperadmin();
  const body = { name: "Night build", scopes: ["profile:read"] };
  const made = await answerTo<{ data: { id: string } }>("/api/user/api-keys", {
    ...{ accessToken, address, body },
  });
  const revoke = ["revoke-key", "--id", made.body.data.id, ...OVER_HTTP];
  const byClient = await admin(revoke, BY_CLIENT);
  assert.match(byClient.said, /Only a superadmin may revoke the key .*\nSign in as a superadmin:/);
  const disable = ["disable-account", "--email", email, ...OVER_HTTP];
  const own = await admin(disable, { LATCHKEY_ADMIN_TOKEN: accessToken });
  assert.match(own.said, /You may not do that to your own account\.\nHave another administrator/);
});

test("the admin command signs an operator in by device code, and does what their role may", async () => {
  const superadmin = await newSuperadmin();
  const { email } = await newPerson();
  const role = ["set-role", "--email", email, "--role", "admin", ...OVER_HTTP];

  const { code, said } = await admin(role, {}, (soFar) => {
    const userCode = soFar.match(/approve ([A-Z]{4}-[A-Z]{4}):/)?.[1];
    return userCode ? decide(superadmin, userCode) : null;
  });

  assert.equal(code, 0, said);
  assert.match(said, new RegExp(`${email} was user of the tenant default, now admin`));
});

test("the admin command sends no token in clear over a network", async () => {
  const { code, said } = await admin(
    ["disable-account", "--email", "a@example.test", "--url", "http://auth.example.com", "--yes"],
    { LATCHKEY_ADMIN_TOKEN: "x" },
  );
  assert.equal(code, 1);
  assert.match(said, /is not the root of a service/);
});

/** Runs the command. `react` is shown what was said so far, until it has something to do. */
async function admin(
  args: readonly string[],
  variables: Record<string, string>,
  react: (said: string) => Promise<void> | null = () => null,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ["scripts/admin.ts", ...args], {
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  let reaction: Promise<void> | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      reaction ??= react(said);
    });
  }
  const code = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  await reaction;
  return { code, said };
}
