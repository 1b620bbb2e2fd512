import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { write } from "../../src/log/write.ts";
import { registerClients } from "../support/clients.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";
import { LONG_CODE } from "../support/wrong-codes.ts";
import { adminFlows } from "./admin-flows.ts";
import { contractFlows } from "./contract-flows.ts";
import { failingFlows } from "./failing-flows.ts";
import { mailProviderFlows } from "./mail-provider-flows.ts";
import { oauthFlows } from "./oauth-flows.ts";
import { pageFlows } from "./page-flows.ts";
import { leaks, type Place, type Secret } from "./secrets.ts";
import { Watch } from "./watch.ts";
import { everythingStored, watchPlatform } from "./watched-platform.ts";

/** Where a secret is meant to be seen again, beside the answer or the mail that brings it, and why. */
const MEANT: readonly (readonly [leak: RegExp, why: string])[] = [
  [
    /^(mailed token|a misplaced secret) in answer \d+ to (GET|POST) \/(verify|verify-email-success|reset|reset-password|secure|account\/email\/confirm)$/,
    "the page that a mailed link opens hands on in its form what the link brought",
  ],
  [
    /^form token in answer \d+ to (GET|POST) \/((account|manage)(\/[\w/-]+)?|device|oauth\/(authorize|consent))$/,
    "every form of a session brings the same",
  ],
  [
    /^user code in answer \d+ to (GET|POST) \/(device|signin)$/,
    "the page shows which device it is about, and who has to sign in first comes back to it",
  ],
  [
    /^challenge in answer \d+ to POST \/signin\/code$/,
    "the form goes on after a code that was wrong",
  ],
  [
    /^(access token|refresh token|ID token) in answer \d+ to POST \/oauth\/token$/,
    "a poll whose answer was lost is answered again under its key",
  ],
  [
    /^user code in Durable Object storage$/,
    "a grant knows what it is called, and is deleted when it ends",
  ],
];

/** Every kind of secret that the flows bring about. */
const KINDS = [
  "ID token",
  "a changed password",
  "a late password",
  "a mail provider's secret",
  "a mail server's password",
  "a misplaced secret",
  "a replaced password",
  "a reset password",
  "a second password",
  "a wrong client secret",
  "a wrong login code",
  "a wrong password",
  "a wrong recovery code",
  "access token",
  "authenticator secret",
  "authorization code",
  "challenge",
  "client secret",
  "code of the app",
  "code verifier",
  "consent request",
  "cookie latchkey",
  "cookie planpoint",
  "cookie planpointRefresh",
  "device code",
  "form token",
  "idempotency key",
  "key",
  "login code",
  "long login code",
  "mailed token",
  "master secret",
  "passkey ceremony",
  "password",
  "recovery code",
  "refresh token",
  "sealed authenticator secret",
  "user code",
  "webhook secret",
];

const watch = new Watch();
let seen: Place[];
let mails: Place[];
let stored: Place[];

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
  watch.typed("master secret", env.AUTH_SECRET);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  const platform = await watchPlatform();
  try {
    for (const flow of [
      ...contractFlows,
      ...adminFlows,
      ...mailProviderFlows,
      ...oauthFlows,
      ...pageFlows,
      ...failingFlows,
    ]) {
      await flow(watch);
    }
  } finally {
    platform.stop();
    vi.useRealTimers();
  }
  seen = platform.seen;
  mails = await readMails();
  stored = await everythingStored();
}, 900_000);

describe("after everything that people and programs do", () => {
  it("every kind of secret is known, and every route that takes something was taken", () => {
    const lines = log().map(({ text }) => JSON.parse(text));
    const driven = new Set(
      lines
        .filter(({ status }) => status < 400)
        .map(({ method, route }) => `${method} ${firstBase(route ?? "")}`),
    );
    const routes = createApp(startService())
      .routes.filter(({ method }) => !["ALL", "GET"].includes(method))
      .map(({ method, path }) => `${method} ${firstBase(path)}`);

    expect(watch.secrets.kinds()).toEqual(KINDS);
    expect([...new Set(routes)].filter((route) => !driven.has(route))).toEqual([]);
  });

  it("REL-06: no line of the log has a secret, a name or an address in it", () => {
    expect(leaks([...secrets(), ...watch.personal.all()], log())).toEqual([]);
  });

  it("REL-06: no secret waits in the queue, and no name", () => {
    const orders = seen.filter(({ where }) => where === "the queue");
    const names = watch.personal.all().filter(({ kind }) => kind === "name");

    expect(orders.length).toBeGreaterThan(20);
    expect(leaks([...secrets(), ...names], orders)).toEqual([]);
  });

  it("REL-06: no store was handed a secret in clear, or has one", () => {
    const handed = seen.filter(({ where }) => where !== "the mailbox");

    expect(leaks(secrets(), handed).filter(isNotMeant)).toEqual([]);
    expect(
      leaks(
        secrets(),
        stored.filter(({ where }) => where !== "the mailbox"),
      ).filter(isNotMeant),
    ).toEqual([]);
  });

  it("a mail has no secret in it but the one that it brings", () => {
    expect(mails.length).toBeGreaterThan(20);
    expect(leaks(secrets(), mails)).toEqual([]);
  });

  it("no answer shows a secret that another one brought, but where it is meant", () => {
    expect(leaks(secrets(), watch.answers).filter(isNotMeant)).toEqual([]);
  });

  it("nothing is meant that does not happen", () => {
    const found = leaks(secrets(), [...watch.answers, ...seen]);

    expect(MEANT.filter(([leak]) => !found.some((one) => leak.test(one)))).toEqual([]);
  });

  it("DEV-26: a user code stands in the complete verification URI alone", () => {
    const started = watch.answers
      .filter(({ where }) => /POST .*(auth\/device|device_authorization)$/.test(where))
      .map(({ text }) => JSON.parse(text.slice(text.indexOf("{"))));

    expect(started.length).toBeGreaterThan(3);
    for (const { userCode, verificationUri, user_code, verification_uri } of started) {
      expect(`${verificationUri ?? verification_uri}`).toMatch(/^http/);
      expect(`${verificationUri ?? verification_uri}`).not.toContain(userCode ?? user_code);
    }
  });
});

describe("a secret that somebody plants", () => {
  const secret: Secret = { kind: "plant", value: "a canary in the mine", from: "here" };
  const bytes = (text: string) => new TextEncoder().encode(text);

  it.each([
    ["as it is", (value: string) => value],
    ["in a URL", encodeURIComponent],
    ["as hex", (value: string) => bytes(value).toHex()],
    ["as base64", (value: string) => bytes(value).toBase64()],
    ["as base64 of more", (value: string) => bytes(`{"a":"${value}"}`).toBase64()],
    [
      "as base64url of more",
      (value: string) => bytes(`??${value}??`).toBase64({ alphabet: "base64url" }),
    ],
  ])("is found %s", (_, spell) => {
    const text = `before ${spell(secret.value)} after`;

    expect(leaks([secret], [{ where: "there", text }])).toEqual(["plant in there"]);
  });

  it("is found in every store, in the queue and in the log", async () => {
    const platform = await watchPlatform();
    write("info", { planted: secret.value });
    await env.DB.prepare("UPDATE tenants SET name = ?").bind(secret.value).run();
    await env.CODES.put(`key ${secret.value}`, "value");
    await env.MAIL.send({ kind: secret.value } as never).catch(() => undefined);
    const object = env.THROTTLE.get(env.THROTTLE.idFromName("plant"));
    await runInDurableObject(object, (_, { storage }) => {
      storage.kv.put("plant", secret.value);
      storage.sql.exec("CREATE TABLE plants (plant TEXT)");
      storage.sql.exec("INSERT INTO plants VALUES (?)", secret.value);
    });
    platform.stop();

    expect(leaks([secret], platform.seen)).toEqual([
      "plant in Durable Object storage",
      "plant in KV",
      "plant in a parameter of D1",
      "plant in a table of a Durable Object",
      "plant in the log",
      "plant in the queue",
    ]);
    expect(leaks([secret], await everythingStored())).toEqual([
      "plant in Durable Object storage",
      "plant in KV",
      "plant in a table of a Durable Object",
      "plant in the table tenants",
    ]);
  });
});

const secrets = () => watch.secrets.all();
const log = () => seen.filter(({ where }) => where === "the log");
const isNotMeant = (leak: string) => !MEANT.some(([meant]) => meant.test(leak));

/** A contract that is served under two bases does the same under both. */
function firstBase(path: string): string {
  return path.replace(/^\/:tenant\/api\/v1/, "/api/v1").replace(/^\/v1\/auth/, "/auth");
}

/** What was mailed, and the codes and links in it. */
async function readMails(): Promise<Place[]> {
  const { keys } = await env.CODES.list({ prefix: "mailbox:" });
  return Promise.all(
    keys.map(async ({ name }, number) => {
      const text = (await env.CODES.get(name)) ?? "";
      const message = JSON.parse(text) as { subject: string; text: string };
      const where = `mail ${number}: ${message.subject}`;
      for (const [, token = ""] of message.text.matchAll(/(?:token|verificationCode)=([\w-]+)/g)) {
        watch.secrets.add("mailed token", token, where);
      }
      for (const [code] of message.text.matchAll(/^\d{6}$/gm)) {
        watch.secrets.add("login code", code, where);
      }
      const [longCode = ""] = message.text.match(LONG_CODE) ?? [];
      watch.secrets.add("long login code", longCode, where);
      return { where, text };
    }),
  );
}
