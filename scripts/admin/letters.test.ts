import assert from "node:assert/strict";
import { test } from "node:test";
import { OWN_TEXTS } from "../../src/core/mail/letter-texts.ts";
import { commandsOnFreshDatabase, FAR } from "../test-support/commands-on-fresh-database.ts";
import { fileOf } from "../test-support/file-of.ts";
import { createTenant } from "./create-tenant.ts";
import { liftSuppression } from "./lift-suppression.ts";
import { listSuppressed } from "./list-suppressed.ts";
import { setBrand } from "./set-brand.ts";
import { setLetter } from "./set-letter.ts";
import { setSender } from "./set-sender.ts";

const { database, refused, run } = commandsOnFreshDatabase();

test("set-letter gives a letter its own words, shows it as it will arrive, and clears them", () => {
  const which = ["--kind", "verify-email", "--language", "en"] as const;
  const own = { subject: "Welcome to {brand}", lead: "It's \"yours\", isn't it?" };
  const path = fileOf(Buffer.from(JSON.stringify(own)));
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

  run(setLetter, ...which, "--file", fileOf(Buffer.from('{"action": "Yes"}')));
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
    refused(expected, setLetter, ...which, "--file", fileOf(Buffer.from(text)));
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
