import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { anAddress } from "./support/an-address.ts";
import { certificateFor } from "./support/certificates.ts";
import { latchkeyVariables } from "./support/latchkey-variables.ts";
import { type Arrived, LOGIN, type MailServer, startMailServer } from "./support/mail-server.ts";
import { prepareDatabase } from "./support/prepare-database.ts";
import { serveWorker } from "./support/serve-worker.ts";
import { testClients } from "./support/test-clients.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-mail-"));
const certificate = certificateFor("localhost", folder);
const stop = new AbortController();
let server: MailServer;
let url = "";
let ended: Promise<unknown> = Promise.resolve();

before(async () => {
  const tried = new Set<string>();
  server = await startMailServer(certificate, (address) => {
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
  // Or the Workers of this run would find this one by its name.
  process.env["WRANGLER_REGISTRY_PATH"] = join(folder, "registry");
  process.env["NODE_EXTRA_CA_CERTS"] = certificate.ca;
  await prepareDatabase(join(folder, "state"), Object.values(testClients), stop.signal);
  const serving = await serveWorker(
    {
      config: "wrangler.toml",
      folder,
      variables: (base) => ({
        ...latchkeyVariables(base),
        MAIL_TRANSPORT: "smtp",
        SMTP_HOST: "localhost",
        SMTP_PORT: String(server.port),
        SMTP_USERNAME: LOGIN.username,
        SMTP_PASSWORD: LOGIN.password,
        SMTP_TIMEOUT_SECONDS: "10",
      }),
    },
    stop.signal,
  );
  ({ url, ended } = serving);
});

after(async () => {
  stop.abort();
  await ended;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function post(path: string, body: object): Promise<Response> {
  return fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "cf-connecting-ip": anAddress() },
    body: JSON.stringify(body),
  });
}

async function register(email: string): Promise<void> {
  const body = { email, password: "a gentle otter of june", name: "Robin" };
  assert.equal((await post("/api/register", body)).status, 201);
}

/** What arrived for an address, once something has, and nothing more comes for a while. */
async function arrivedFor(email: string): Promise<readonly Arrived[]> {
  const mails = () => server.arrived.filter(({ to_ }) => to_.includes(email));
  while (mails().length === 0) {
    await wait(100);
  }
  await wait(3_000);
  return mails();
}

const triesOf = (email: string) => server.did.filter((step) => step === `RCPT ${email}`).length;

test("a letter goes through the queue, over TLS and a login, once; its link works", async () => {
  await register("robin@meadow.example");
  const [mail, ...more] = await arrivedFor("robin@meadow.example");
  assert.deepEqual(more, []);
  assert.equal(mail?.isEncrypted, true);
  const token = mail?.text?.match(/[?&]token=([\w-]+)/)?.[1];
  assert.equal((await post("/api/verify-email", { token })).status, 200);
});

// Each waits out the half minute after which the queue tries again.
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
      await wait(20_000);
      await post("/api/forgot-password", { email: "gone@meadow.example" });
      await wait(20_000);
      assert.equal(triesOf("gone@meadow.example"), 1);
    }),
  ]);
});
