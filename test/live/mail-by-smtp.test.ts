import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { answerTo } from "./support/answer-to.ts";
import { certificateFor } from "./support/certificates.ts";
import { type Arrived, startMailServer } from "./support/mail-server.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { smtpVariables } from "./support/smtp-variables.ts";
import { until } from "./support/until.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-mail-"));
const certificate = certificateFor("localhost", folder);
const tried = new Set<string>();
const server = await startMailServer(certificate, (address) => {
  const isFirst = !tried.has(address);
  tried.add(address);
  if (address.startsWith("gone")) {
    return { code: 550, words: "5.1.1 no such mailbox" };
  }
  if (isFirst && address.startsWith("later")) {
    return { code: 451, words: "4.3.0 come again" };
  }
  return isFirst && address.startsWith("silent") ? "nothing" : null;
});
process.env["NODE_EXTRA_CA_CERTS"] = certificate.ca;
const latchkey = await ownLatchkey(smtpVariables(server.port));

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (path: string, body: object) => answerTo(path, { body });

async function register(email: string): Promise<void> {
  const body = { email, password: "a gentle otter of june", name: "Robin" };
  assert.equal((await post("/api/register", body)).status, 201);
}

/** What arrived for an address, once something has, and nothing more comes for a while. */
async function arrivedFor(email: string): Promise<readonly Arrived[]> {
  const mails = () => server.arrived.filter(({ to_ }) => to_.includes(email));
  await until(`a letter to ${email}`, () => mails().length > 0);
  await wait(3_000);
  return mails();
}

/** Waits until the server wrote why a letter is not sent: there is one whom none is sent to. */
const notSent = (letter: string, why: string) =>
  until(`word of a ${letter} that is not sent`, () =>
    latchkey.said.some((line) => line.includes(`"letter":"${letter}"`) && line.includes(why)),
  );

const triesOf = (email: string) => server.did.filter((step) => step === `RCPT ${email}`).length;

test("a letter goes through the queue, over TLS and a login, once; its link works", async () => {
  await register("robin@meadow.example");
  const [mail, ...more] = await arrivedFor("robin@meadow.example");
  assert.deepEqual(more, []);
  assert.equal(mail?.isEncrypted, true);
  const token = mail?.text?.match(/[?&]token=([\w-]+)/)?.[1];
  assert.equal((await post("/api/verify-email", { token })).status, 200);
});

// Each waits out the half minute after which the queue tries again, one of them that it does not.
test("what the server does not take at first", { concurrency: true }, async (context) => {
  await Promise.all([
    context.test("comes once when it was refused for now", async () => {
      await register("later@meadow.example");
      assert.equal((await arrivedFor("later@meadow.example")).length, 1);
      assert.equal(triesOf("later@meadow.example"), 2);
    }),
    context.test("comes once when the server fell silent", async () => {
      await register("silent@meadow.example");
      assert.equal((await arrivedFor("silent@meadow.example")).length, 1);
      assert.equal(triesOf("silent@meadow.example"), 2);
    }),
    context.test("is not tried again where there is no such mailbox, nor is another", async () => {
      await register("gone@meadow.example");
      await notSent("verify-email", '"bounced":');
      await post("/api/forgot-password", { email: "gone@meadow.example" });
      await notSent("reset-password", '"suppressed":');
      await wait(40_000);
      assert.equal(triesOf("gone@meadow.example"), 1);
    }),
  ]);
});
