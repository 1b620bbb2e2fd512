import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { Browser, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { stopClockOfFile } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { provedMember } from "../support/members.ts";
import { OWN_FORM, signedInOnPage } from "../support/page-session.ts";
import { answerWith, passkeyForm, passkeyOf } from "../support/passkeys.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";

/** What each flow may cost when it succeeds. */
const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };

const service = startPostOffice();

stopClockOfFile();

beforeAll(registerClients);

/** What comes second in a sum is asked after the answer: it writes down what was done, and tells of it. */
const APPROVAL = { ...NOTHING, d1: 1 + 1, durableObjects: 2 + 1, queue: 0 + 1 };

describe("a successful call asks no more of the platform than its budget", () => {
  it("signing in: 2 D1, 2 Durable Objects, 1 hash", async () => {
    const { email, password } = await registered(service);
    const body = { email, password };
    await service.ask("/api/login", { body });

    const calls = await countCalls(() => service.ask("/api/login", { body }));

    expect(calls).toEqual({ ...NOTHING, d1: 2, durableObjects: 2, hashes: 1 });
  });

  it.each([
    ["/api/register", "registering"],
    ["/api/auth/register", "registering and signing in"],
  ])(
    "%s, %s: 2 D1, 1 Durable Object, 1 hash and a letter: what is written down comes with the account",
    async (path) => {
      const register = () => service.ask(path, { body: somebody() });
      await register();

      const calls = await countCalls(register);

      expect(calls).toEqual({ ...NOTHING, d1: 2, durableObjects: 1, hashes: 1, queue: 1 });
    },
  );

  it("refreshing: 1 D1", async () => {
    const { refreshToken } = await signedIn(service);

    const calls = await countCalls(() =>
      service.ask("/api/auth/refresh", { body: { refreshToken } }),
    );

    expect(calls).toEqual({ ...NOTHING, d1: 1 });
  });

  it("starting a device grant: 1 Durable Object", async () => {
    await startedDevice(service);

    const calls = await countCalls(() => startedDevice(service));

    expect(calls).toEqual({ ...NOTHING, durableObjects: 1 });
  });

  it("polling while pending: 1 Durable Object", async () => {
    const { deviceCode } = await startedDevice(service);

    const calls = await countCalls(() => poll(service, deviceCode));

    expect(calls).toEqual({ ...NOTHING, durableObjects: 1 });
  });

  it("approving a device: 1 D1, 2 Durable Objects, and after the answer 1 of each and a mail", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedDevice(service);

    const calls = await countCalls(() => decide(service, accessToken, { userCode }));

    expect(calls).toEqual(APPROVAL);
  });

  it("approving a device on its page: as much", async () => {
    const { person } = await signedIn(service);
    const { cookie, formToken } = await signedInOnPage(service, person);
    const { userCode } = await startedDevice(service);
    const fields = { csrf: formToken, user_code: userCode, compared: "on", decision: "approve" };
    const body = new URLSearchParams(fields).toString();

    const calls = await countCalls(() =>
      service.ask("/device", { body, headers: { ...OWN_FORM, cookie } }),
    );

    expect(calls).toEqual(APPROVAL);
  });

  it("redeeming a device grant: 1 D1, 1 Durable Object", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });

    const calls = await countCalls(() => poll(service, deviceCode));

    expect(calls).toEqual({ ...NOTHING, d1: 1, durableObjects: 1 });
  });

  it("signing in with a passkey: 2 D1", async () => {
    const { browser: first } = await signedInBrowser(service, await provedMember(service));
    const device = await passkeyOf(first);
    await answerWith(first, await first.open("/signin"), device);
    const browser = new Browser(service);
    const { form, options } = passkeyForm(await browser.open("/signin"));
    const answer = await device.get(options);

    const calls = await countCalls(() => browser.submit(form, { answer }));

    expect(calls).toEqual({ ...NOTHING, d1: 2 });
  });

  it("signing out on a page: 1 D1", async () => {
    const { person } = await signedIn(service);
    const { cookie, formToken } = await signedInOnPage(service, person);
    const form = { body: `csrf=${formToken}`, headers: { ...OWN_FORM, cookie } };
    const signOut = () => service.ask("/signout", form);

    expect(await countCalls(signOut)).toEqual({ ...NOTHING, d1: 1 });
  });

  it("publishing the keys: nothing once warm", async () => {
    const jwks = () => service.ask("/.well-known/jwks.json", { method: "GET" });
    await jwks();

    expect(await countCalls(jwks)).toEqual(NOTHING);
  });

  it("telling that the Worker runs: nothing", async () => {
    expect(await countCalls(() => service.ask("/health", { method: "GET" }))).toEqual(NOTHING);
  });
});

describe("what an attacker makes the service do is bounded", () => {
  it("a forged refresh token, device code or access token costs no call", async () => {
    const { refreshToken } = await signedIn(service);
    const forged = refreshToken.slice(0, -1) + (refreshToken.endsWith("A") ? "B" : "A");

    const calls = await countCalls(async () => {
      await service.ask("/api/auth/refresh", { body: { refreshToken: forged } });
      await poll(service, "a".repeat(120));
      await decide(service, "not.a.token", { userCode: "BCDF-GHJK" });
    });

    expect(calls).toEqual(NOTHING);
  });

  it("a passkey's answer without its ceremony, or of no credential, costs what the page does", async () => {
    const browser = new Browser(service);
    const { form } = passkeyForm(await browser.open("/signin"));
    const forged = { ...form.fields, ceremony: "x", answer: '{"id":"AAAA"}' };

    const page = await countCalls(() => browser.open("/signin"));
    const answers = [
      await countCalls(() => browser.post(form.action, forged)),
      await countCalls(() => browser.submit(form, { answer: '{"id":"no base64url"}' })),
    ];

    expect(answers).toEqual([page, page]);
  });

  it("an unknown address costs exactly what a wrong password does", async () => {
    const { email } = await registered(service);
    const attempt = (address: string) => () =>
      service.ask("/api/login", { body: { email: address, password: "not the right one" } });

    const known = await countCalls(attempt(email));
    const unknown = await countCalls(attempt("nobody@example.test"));

    expect(unknown).toEqual(known);
    // With what is written down after the answer, for an address that nobody has to no effect.
    expect(known).toEqual({ ...NOTHING, d1: 2, durableObjects: 1, hashes: 1 });
  });
});

describe("waiting for a decision writes nothing", () => {
  it("a poll leaves the grant's storage as it was", async () => {
    const { deviceCode } = await startedDevice(service);
    const ids = await listDurableObjectIds(env.DEVICE_GRANT);
    const writes = () =>
      Promise.all(
        ids.map((id) =>
          runInDurableObject(
            env.DEVICE_GRANT.get(id),
            (_, { storage }) =>
              storage.sql.exec<{ changes: number }>("SELECT total_changes() AS changes").one()
                .changes,
          ),
        ),
      );

    const before = await writes();
    await poll(service, deviceCode);
    await poll(service, deviceCode);

    expect(await writes()).toEqual(before);
  });
});
