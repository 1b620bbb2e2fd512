import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { tally } from "../support/tally.ts";
import { answerTo } from "./support/answer-to.ts";
import { assertTellsNothing } from "./support/assert-tells-nothing.ts";
import { certificateFor } from "./support/certificates.ts";
import { LOGIN, startMailServer } from "./support/mail-server.ts";
import { LOGIN_CODE, RESET_LINK, VERIFY_LINK } from "./support/mailed.ts";
import { ownLatchkey } from "./support/own-latchkey.ts";
import { smtpVariables } from "./support/smtp-variables.ts";
import { until } from "./support/until.ts";
import { watchSecrets } from "./support/watch-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-outage-"));
const certificate = certificateFor("localhost", folder);
let server = await startMailServer(certificate);
process.env["NODE_EXTRA_CA_CERTS"] = certificate.ca;
const latchkey = await ownLatchkey(smtpVariables(server.port));
const secrets = watchSecrets();

after(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const ROBIN = { email: "robin@meadow.example", password: "a gentle otter of june", name: "Robin" };
const WREN = { email: "wren@meadow.example", password: "a gentle otter of july", name: "Wren" };
const FINCH = { email: "finch@meadow.example", password: "a gentle otter of may", name: "Finch" };

async function ask(path: string, body: object) {
  const { status, body: answer } = await answerTo(path, { body });
  return { status, answer };
}

const statusOf = async (path: string, body: object) => (await ask(path, body)).status;
const register = (person: object) => ask("/api/register", person);
const forget = (email: string) => ask("/api/forgot-password", { email });
const sendCode = (email: string) => ask("/api/v1/auth/send-code", { email });

/** What a letter to an address brings, once the server that runs now has taken one. */
function letter(email: string, what: RegExp): Promise<string> {
  return until(`a letter to ${email}`, () =>
    server.arrived
      .filter(({ to_ }) => to_.includes(email))
      .map(({ text }) => text?.match(what)?.[1])
      .find((found) => found),
  );
}

/** How many times a letter could not be handed over. */
function failures(): number {
  return latchkey.said.filter((line) => line.includes('"queue":"latchkey-mail","attempt":')).length;
}

test("REL-04: letters that were asked for while the mail server was down come once it is up, each once, and people are told nothing else meanwhile", async () => {
  const up = [await register(ROBIN), await forget(ROBIN.email), await sendCode(ROBIN.email)];
  for (const what of [VERIFY_LINK, RESET_LINK, LOGIN_CODE]) {
    await letter(ROBIN.email, what);
  }
  const { port } = server;
  await server.close();

  const down = [await register(WREN), await forget(ROBIN.email), await sendCode(ROBIN.email)];
  assert.deepEqual(down, up);
  await until("a try at each letter", () => failures() >= 3);

  server = await startMailServer(certificate, undefined, port);
  // Half a minute after it failed the queue tries a letter again.
  const proof = await letter(WREN.email, VERIFY_LINK);
  const reset = await letter(ROBIN.email, RESET_LINK);
  const code = await letter(ROBIN.email, LOGIN_CODE);
  // One that was asked for after all of them.
  await register(FINCH);
  await letter(FINCH.email, VERIFY_LINK);

  assert.deepEqual(tally(server.arrived.flatMap(({ to_ }) => to_)), {
    [ROBIN.email]: 2,
    [WREN.email]: 1,
    [FINCH.email]: 1,
  });
  const password = "windy-lantern-orchard-7";
  assert.equal(await statusOf("/api/verify-email", { token: proof }), 200);
  assert.equal(await statusOf("/api/v1/auth/verify-code", { email: ROBIN.email, code }), 200);
  assert.equal(await statusOf("/api/reset-password", { token: reset, password }), 200);
});

test("REL-06: nothing of it stands in what the server wrote", () => {
  const typed = ["code", "e-mail address", "mailed token", "name", "password"];
  secrets.add("password of the mail server", LOGIN.password, "a setting");
  assertTellsNothing(latchkey, secrets, typed);
});
