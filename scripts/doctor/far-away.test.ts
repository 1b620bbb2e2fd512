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
    ...{ clientId: null, account: null, mailDomain: "mail.acme.test", load: false },
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

const ZONE = {
  "cf-bounce.mail.acme.test": "v=spf1 include:_spf.mx.cloudflare.net ~all",
  "cf-bounce._domainkey.mail.acme.test": "v=DKIM1; h=sha256; k=rsa; p=MIIBIjAN",
  "_dmarc.acme.test": "v=DMARC1; p=reject;",
};

test("mail: SPF, DKIM and the DMARC of the organisation pass", async () => {
  assert.equal((await maySendMail.look(faraway(good, ZONE))).outcome, "pass");
});

for (const [what, zone, outcome] of [
  ["no SPF", { ...ZONE, "cf-bounce.mail.acme.test": "google-site-verification=x" }, "fail"],
  ["no DMARC", { ...ZONE, "_dmarc.acme.test": "" }, "fail"],
  ["an empty key", { ...ZONE, "cf-bounce._domainkey.mail.acme.test": "v=DKIM1; p=" }, "warn"],
  ["a DMARC that asks for nothing", { ...ZONE, "_dmarc.acme.test": "v=DMARC1; p=none" }, "warn"],
] as const) {
  test(`mail: ${what} comes to "${outcome}"`, async () => {
    assert.equal((await maySendMail.look(faraway(good, zone))).outcome, outcome);
  });
}

test("mail: a name without records has no texts, and a DNS that does not answer is told", async () => {
  const says = (code: string) => ({
    resolveTxt: () => Promise.reject(Object.assign(new Error(code), { code })),
  });
  assert.deepEqual(await textsFrom(says("ENOTFOUND"))("a.test"), []);
  await assert.rejects(textsFrom(says("ETIMEOUT"))("a.test"));
  const inParts = { resolveTxt: async () => [["v=spf1 ", "-all"]] };
  assert.deepEqual(await textsFrom(inParts)("a.test"), ["v=spf1 -all"]);
});
