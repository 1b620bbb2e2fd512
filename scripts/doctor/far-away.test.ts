import assert from "node:assert/strict";
import { test } from "node:test";
import { hidesMailbox } from "./checks/hides-mailbox.ts";
import { maySendMail } from "./checks/may-send-mail.ts";
import { speaksHttps } from "./checks/speaks-https.ts";
import type { Patient } from "./patient.ts";
import { textsFrom } from "./texts-from.ts";

type Send = (url: URL) => Response;

/** An instance at a public address, and the DNS around it. */
function faraway(send: Send, zone: Readonly<Record<string, string>> = {}): Patient {
  return {
    url: "https://auth.acme.test",
    ...{ clientId: null, account: null, load: false },
    ...{ mailDomain: "mail.acme.test", dkimSelector: null },
    send: async (url) => send(new URL(url as URL)),
    texts: async (name) => (zone[name] === undefined ? [] : [zone[name]]),
    stop: new AbortController().signal,
  };
}

const good: Send = ({ protocol, pathname }) =>
  protocol === "http:"
    ? new Response(null, { status: 301, headers: { location: "https://auth.acme.test/health" } })
    : new Response("{}", { status: pathname === "/dev/mailbox" ? 404 : 200 });

test("https: plain HTTP has to lead to HTTPS, or nowhere", async () => {
  assert.equal((await speaksHttps.look(faraway(good))).outcome, "pass");
  const refuses: Send = ({ protocol }) => {
    if (protocol === "http:") {
      throw new TypeError("fetch failed");
    }
    return new Response("{}");
  };
  assert.equal((await speaksHttps.look(faraway(refuses))).outcome, "pass");
  assert.equal((await speaksHttps.look(faraway(() => new Response("{}")))).outcome, "warn");
  const elsewhere: Send = () =>
    new Response(null, { status: 301, headers: { location: "https://other.test/" } });
  assert.equal((await speaksHttps.look(faraway(elsewhere))).outcome, "warn");
});

test("https: an instance at plain HTTP fails", async () => {
  const plain = { ...faraway(good), url: "http://auth.acme.test" };
  assert.equal((await speaksHttps.look(plain)).outcome, "fail");
});

test("development: an open mailbox fails", async () => {
  assert.equal((await hidesMailbox.look(faraway(good))).outcome, "pass");
  const open = faraway(() => new Response("[]"));
  assert.equal((await hidesMailbox.look(open)).outcome, "fail");
});

const DMARC = { "_dmarc.acme.test": "v=DMARC1; p=reject;" };

/** As `wrangler email sending enable` leaves it. */
const CLOUDFLARE = {
  "cf-bounce.mail.acme.test": "v=spf1 include:_spf.mx.cloudflare.net ~all",
  "cf-bounce._domainkey.mail.acme.test": "v=DKIM1; h=sha256; k=rsa; p=MIIBIjAN",
  ...DMARC,
};

/** As Resend asks for it; the domain itself has no SPF. */
const RESEND = {
  "send.mail.acme.test": "v=spf1 include:amazonses.com ~all",
  "resend._domainkey.mail.acme.test": "p=MIGfMA0G",
  ...DMARC,
};

/** As an SMTP provider may, whose key is called as it likes. */
const SMTP = {
  "mail.acme.test": "v=spf1 include:spf.provider.test -all",
  "k1._domainkey.mail.acme.test": "v=DKIM1; k=rsa; p=MIIBIjAN",
  ...DMARC,
};

const mail = (zone: Readonly<Record<string, string>>, dkimSelector: string | null = null) =>
  maySendMail.look({ ...faraway(good, zone), dkimSelector });

for (const [carrier, zone, selector] of [
  ["Cloudflare", CLOUDFLARE, null],
  ["Resend", RESEND, null],
  ["Resend, by its selector", RESEND, "resend"],
  ["an SMTP provider", SMTP, "k1"],
] as const) {
  test(`mail: SPF, DKIM and the DMARC of the organisation pass: ${carrier}`, async () => {
    const { outcome, saw } = await mail(zone, selector);
    assert.equal(outcome, "pass", saw);
    for (const name of Object.keys(zone)) {
      assert.ok(saw.includes(name), saw);
    }
  });
}

const TAKEN_BACK = { "cf-bounce._domainkey.mail.acme.test": "v=DKIM1; p=" };

/** A zone without the records whose names begin so. */
function without(zone: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(zone).filter(([it]) => !it.startsWith(name)));
}

/** What each says to do. */
const BY_CLOUDFLARE = "npx wrangler email sending enable mail.acme.test";
const BY_RESEND = "https://resend.com/domains";
const BY_ANOTHER = "that your provider shows for mail.acme.test";

for (const [what, zone, selector, outcome, does] of [
  ["no SPF", { ...CLOUDFLARE, "cf-bounce.mail.acme.test": "x=y" }, null, "fail", BY_CLOUDFLARE],
  ["no DMARC", without(CLOUDFLARE, "_dmarc"), null, "fail", "_dmarc.mail.acme.test: v=DMARC1;"],
  ["an empty key", { ...CLOUDFLARE, ...TAKEN_BACK }, null, "warn", BY_CLOUDFLARE],
  ["no key of Resend's", without(RESEND, "resend._d"), null, "warn", BY_RESEND],
  ["no DMARC, at Resend", without(RESEND, "_dmarc"), null, "fail", BY_RESEND],
  // Whoever sends by Resend may have chosen another name for what comes back.
  ["no SPF where Resend has it", without(RESEND, "send."), null, "warn", BY_RESEND],
  ["a key that nobody named", SMTP, null, "warn", "--dkim-selector"],
  ["no key of the name", SMTP, "k2", "fail", BY_ANOTHER],
  ["another carrier's records", RESEND, "k1", "fail", BY_ANOTHER],
  [
    "an SPF that lets nobody send",
    { ...DMARC, "mail.acme.test": "v=spf1 -all" },
    null,
    "fail",
    "--dkim-selector",
  ],
  ["an SPF elsewhere", without(SMTP, "mail."), "k1", "warn", BY_ANOTHER],
] as const) {
  test(`mail: ${what} comes to "${outcome}", and what to do is said`, async () => {
    const finding = await mail(zone, selector);
    assert.equal(finding.outcome, outcome, finding.saw);
    assert.ok(finding.mend.includes(does), finding.mend);
  });
}

test("mail: who goes by another is not sent to Cloudflare", async () => {
  for (const [zone, selector] of [
    [without(RESEND, "_dmarc"), null],
    [without(RESEND, "resend._d"), null],
    [SMTP, "k2"],
  ] as const) {
    const { mend } = await mail(zone, selector);
    assert.ok(!mend.includes("wrangler"), mend);
  }
});

test("mail: a DMARC that asks for nothing is a warning", async () => {
  const asking = { ...CLOUDFLARE, "_dmarc.acme.test": "v=DMARC1; p=none" };
  const { outcome, mend } = await mail(asking);
  assert.deepEqual([outcome, mend.includes("p=reject")], ["warn", true]);
});

test("mail: a domain without any record fails, and is told of every carrier", async () => {
  const { outcome, saw, mend } = await mail({});
  assert.deepEqual([outcome, saw], ["fail", "mail.acme.test has no SPF and no DMARC."]);
  for (const does of [BY_CLOUDFLARE, BY_RESEND, "--dkim-selector"]) {
    assert.ok(mend.includes(does), mend);
  }
});

test("mail: a name without records has no texts, and a DNS that does not answer is told", async () => {
  const says = (code: string) => ({
    resolveTxt: () => Promise.reject(Object.assign(new Error(code), { code })),
  });
  assert.deepEqual(await textsFrom(says("ENOTFOUND"))("a.test"), []);
  await assert.rejects(textsFrom(says("ETIMEOUT"))("a.test"));
  const inParts = { resolveTxt: async () => [["v=spf1 ", "-all"]] };
  assert.deepEqual(await textsFrom(inParts)("a.test"), ["v=spf1 -all"]);
});
