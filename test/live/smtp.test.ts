import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { SMTPServerOptions } from "smtp-server";
import { certificateFor } from "./support/certificates.ts";
import { LOGIN, type MailServer, type Says, startMailServer } from "./support/mail-server.ts";
import { GREETING, startRawServer } from "./support/raw-server.ts";
import { serveWorker } from "./support/serve-worker.ts";
import { until } from "./support/until.ts";

const folder = mkdtempSync(join(tmpdir(), "latchkey-smtp-"));
const own = (name: string) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};
const trusted = certificateFor("localhost", own("trusted"));
const unknown = certificateFor("localhost", own("unknown"));
const misnamed = certificateFor("elsewhere.example", own("misnamed"));
const stop = new AbortController();
let url = "";
let ended: Promise<unknown> = Promise.resolve();

before(async () => {
  // Of the two authorities, the runtime is told of one.
  // Or the Workers of this run would find this one by its name.
  process.env["WRANGLER_REGISTRY_PATH"] = join(folder, "registry");
  process.env["NODE_EXTRA_CA_CERTS"] = trusted.ca;
  const serving = await serveWorker(
    {
      config: "test/support/smtp-carrier/wrangler.toml",
      folder: own("worker"),
      variables: () => ({}),
    },
    stop.signal,
  );
  ({ url, ended } = serving);
});

after(async () => {
  stop.abort();
  await ended;
  rmSync(folder, { recursive: true, force: true });
});

const message = {
  to: "robin@meadow.example",
  from: "Ötter Desk <desk@meadow.example>",
  subject: "Bestätigen Sie Ihre Adresse 🦦",
  text: "Grüße\n\n.\n..\nhttps://auth.example.test/verify?token=abc\n",
  html: '<p>Grüße</p>\n<a href="https://auth.example.test/verify?token=abc">x</a>\n',
};

interface Carried {
  tls?: "implicit" | "starttls" | "none";
  login?: typeof LOGIN | null;
  to?: string;
  timeoutSeconds?: number;
}

/** What became of the message at the server on this port. */
async function carry(
  port: number,
  { tls = "starttls", login = LOGIN, to, timeoutSeconds = 30 }: Carried = {},
) {
  const server = { host: "localhost", port, tls, login, timeoutSeconds };
  const body = JSON.stringify({ server, message: { ...message, ...(to && { to }) } });
  const response = await fetch(url, { method: "POST", body });
  return (await response.json()) as { bounced?: string | null; error?: string };
}

async function withMailServer(
  options: SMTPServerOptions,
  work: (server: MailServer) => Promise<void>,
  says?: Says,
): Promise<void> {
  const server = await startMailServer(options, says);
  try {
    await work(server);
  } finally {
    await server.close();
  }
}

/** What a client did, which took its leave in the end. */
async function untilItLeft({ did }: MailServer): Promise<readonly string[]> {
  await until("a client that takes its leave", () => did.includes("QUIT"));
  return did;
}

function assertArrived({ arrived }: MailServer, isEncrypted: boolean): void {
  assert.equal(arrived.length, 1);
  const [mail] = arrived;
  assert.partialDeepStrictEqual(mail, {
    from_: "desk@meadow.example",
    to_: ["robin@meadow.example"],
    isEncrypted,
    from: { name: "Ötter Desk", address: "desk@meadow.example" },
    to: [{ address: "robin@meadow.example" }],
    subject: message.subject,
    text: message.text,
    html: message.html,
  });
}

for (const mechanism of ["PLAIN", "LOGIN"]) {
  test(`a letter arrives whole over STARTTLS, after AUTH ${mechanism}`, async () => {
    await withMailServer({ ...trusted, authMethods: [mechanism] }, async (server) => {
      assert.deepEqual(await carry(server.port), { bounced: null });
      assertArrived(server, true);
      assert.deepEqual(await untilItLeft(server), [
        "CONNECT",
        "AUTH",
        "MAIL",
        "RCPT robin@meadow.example",
        "DATA",
        "QUIT",
      ]);
    });
  });
}

test("a letter arrives whole over TLS from the first byte", async () => {
  await withMailServer({ ...trusted, secure: true }, async (server) => {
    assert.deepEqual(await carry(server.port, { tls: "implicit" }), { bounced: null });
    assertArrived(server, true);
  });
});

test("a letter arrives at a server on the same machine without TLS or login", async () => {
  const options = { disabledCommands: ["STARTTLS", "AUTH"], authOptional: true };
  await withMailServer(options, async (server) => {
    assert.deepEqual(await carry(server.port, { tls: "none", login: null }), { bounced: null });
    assertArrived(server, false);
  });
});

const BAD_CERTIFICATES = [
  ["of an authority that nobody knows", unknown],
  ["of another name", misnamed],
] as const;

for (const [which, certificate] of BAD_CERTIFICATES) {
  for (const tls of ["starttls", "implicit"] as const) {
    test(`a certificate ${which} is given neither login nor letter: ${tls}`, async () => {
      const options = { ...certificate, secure: tls === "implicit" };
      await withMailServer(options, async (server) => {
        const { error } = await carry(server.port, { tls });
        assert.match(error ?? "", /^the connection to the SMTP server broke at |hung up at /);
        assert.deepEqual(
          server.did.filter((step) => step !== "CONNECT"),
          [],
        );
      });
    });
  }
}

test("a server that offers no STARTTLS is given neither login nor letter", async () => {
  const options = { disabledCommands: ["STARTTLS"], allowInsecureAuth: true };
  await withMailServer(options, async (server) => {
    const { error } = await carry(server.port);
    assert.equal(error, "the SMTP server does not offer STARTTLS");
    assert.deepEqual(await untilItLeft(server), ["CONNECT", "QUIT"]);
  });
});

test("what was slipped in before TLS is not taken for the server's word", async () => {
  const answers: Record<string, string> = {
    [GREETING]: "220 ready\r\n",
    "EHLO auth.example.test": "250-hello\r\n250 STARTTLS\r\n",
    STARTTLS: "220 go ahead\r\n250-hello\r\n250 AUTH PLAIN\r\n",
  };
  const server = await startRawServer((line) => answers[line] ?? null);
  const { error } = await carry(server.port);
  server.close();
  assert.equal(error, "the SMTP server sent more than its answer to STARTTLS");
  assert.deepEqual(server.told, ["EHLO auth.example.test", "STARTTLS"]);
});

test("a wrong password is an error that repeats neither it nor the server's words", async () => {
  await withMailServer(trusted, async (server) => {
    const { error } = await carry(server.port, { login: { ...LOGIN, password: "canary" } });
    assert.equal(error, "the SMTP server refused AUTH: 535 5.7.8");
    assert.deepEqual(await untilItLeft(server), ["CONNECT", "AUTH", "QUIT"]);
  });
});

const REFUSALS = [
  [{ code: 550, words: "5.1.1 no such mailbox" }, { bounced: "550 5.1.1" }],
  [{ code: 550, words: "5.2.1 closed" }, { error: "550 5.2.1" }],
  [{ code: 550, words: "5.7.1 relaying denied" }, { error: "550 5.7.1" }],
  [{ code: 451, words: "4.3.0 later" }, { error: "451 4.3.0" }],
  [{ code: 452, words: "4.2.2 full" }, { error: "452 4.2.2" }],
] as const;

for (const [refusal, end] of REFUSALS) {
  test(`a recipient refused with ${refusal.code} ${refusal.words}, and leave is taken`, async () => {
    const says = () => refusal;
    const work = async (server: MailServer) => {
      const expected =
        "error" in end ? { error: `the SMTP server refused RCPT TO: ${end.error}` } : end;
      assert.deepEqual(await carry(server.port), expected);
      assert.deepEqual(server.arrived, []);
      const rcpt = "RCPT robin@meadow.example";
      assert.deepEqual(await untilItLeft(server), ["CONNECT", "AUTH", "MAIL", rcpt, "QUIT"]);
    };
    await withMailServer(trusted, work, says);
  });
}

test("no address goes out as two commands", async () => {
  await withMailServer(trusted, async (server) => {
    for (const to of [
      "a@b.example>\r\nRCPT TO:<c@d.example",
      "a@b.example> SIZE=1",
      "ö@b.example",
    ]) {
      assert.deepEqual(await carry(server.port, { to }), { bounced: "not ASCII" });
    }
    assert.deepEqual(server.did, []);
  });
});

const UNTIL_DATA: Record<string, string> = {
  [GREETING]: "220 ready\r\n",
  "EHLO auth.example.test": "250 hello\r\n",
  "MAIL FROM:<desk@meadow.example>": "250 ok\r\n",
  "RCPT TO:<robin@meadow.example>": "250 ok\r\n",
  DATA: "354 go ahead\r\n",
};

for (const silentAt of Object.keys(UNTIL_DATA)) {
  const called = silentAt.replace(/[: ].*/, "");
  test(`a server that falls silent at ${called} is left after the time it has`, async () => {
    const server = await startRawServer((line) =>
      line === silentAt ? null : (UNTIL_DATA[line] ?? null),
    );
    const { error } = await carry(server.port, { tls: "none", login: null, timeoutSeconds: 2 });
    server.close();
    assert.match(error ?? "", /^the SMTP server took over 2 s at /);
    assert.equal(server.told.filter((line) => line.startsWith("RCPT")).length <= 1, true);
    assert.ok(!server.told.includes("QUIT"), "what comes now could be taken for a letter");
  });

  test(`a server that hangs up at ${called} has not taken the letter`, async () => {
    const server = await startRawServer((line, socket) => {
      line === silentAt && socket.destroy();
      return line === silentAt ? null : (UNTIL_DATA[line] ?? null);
    });
    const { error } = await carry(server.port, { tls: "none", login: null });
    server.close();
    assert.match(error ?? "", /the SMTP server (hung up|broke) at /);
  });
}

test("a letter whose end is not answered is not sent again over the same connection", async () => {
  const server = await startRawServer((line) => UNTIL_DATA[line] ?? null);
  // All that comes before it is answered in that time, on a machine that is busy too.
  const { error } = await carry(server.port, { tls: "none", login: null, timeoutSeconds: 15 });
  server.close();
  assert.equal(error, "the SMTP server took over 15 s at the letter");
  assert.equal(server.told.filter((line) => line === "DATA").length, 1);
  assert.equal(server.told.filter((line) => line === ".").length, 1);
});

test("a server that answers nothing to QUIT, or that hangs up, has the letter all the same, and holds up nobody", async () => {
  for (const end of ["silence", "a hang-up"]) {
    const answers = { ...UNTIL_DATA, ".": "250 taken\r\n" };
    const server = await startRawServer((line, socket) => {
      line === "QUIT" && end === "a hang-up" && socket.destroy();
      return answers[line as keyof typeof answers] ?? null;
    });
    const begun = performance.now();
    const carried = await carry(server.port, { tls: "none", login: null, timeoutSeconds: 120 });
    const tookSeconds = (performance.now() - begun) / 1000;
    await until("QUIT", () => server.told.includes("QUIT"));
    server.close();
    assert.deepEqual(carried, { bounced: null });
    assert.ok(tookSeconds < 60, `${tookSeconds} s, and 120 s is the time for an answer`);
  }
});

test("a server that has no time for anybody is taken leave of", async () => {
  const server = await startRawServer((line) => (line === GREETING ? "554 not now\r\n" : null));
  const { error } = await carry(server.port, { tls: "none", login: null });
  await until("QUIT", () => server.told.includes("QUIT"));
  server.close();
  assert.equal(error, "the SMTP server refused the connection: 554");
  assert.deepEqual(server.told, ["QUIT"]);
});

test("a server that never ends a line or a reply is left", async () => {
  for (const [endless, told] of [
    ["x".repeat(70_000), "the SMTP server's answer to the connection has no end"],
    ["220-x\r\n".repeat(20_000), "the SMTP server's answer to the connection has no end"],
    ["HTTP/1.1 400 Bad Request\r\n\r\n", "the SMTP server answered the connection with no reply"],
  ] as const) {
    const server = await startRawServer((line) => (line === GREETING ? endless : null));
    const { error } = await carry(server.port, { tls: "none", login: null });
    server.close();
    assert.equal(error, told);
  }
});

test("a server that is not there", async () => {
  const { error } = await carry(1);
  assert.equal(error, "the connection to the SMTP server broke at the connection");
});
