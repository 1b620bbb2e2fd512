import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  type AddressEntrance,
  attempt,
  NOBODYS,
  passwordEntrances,
} from "../support/address-entrances.ts";
import { Browser, memberBrowser } from "../support/browser.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { evictAll } from "../support/durable.ts";
import { countFigure } from "../support/figures.ts";
import { mailedToken, mailTo, RESET } from "../support/mail.ts";
import { member } from "../support/members.ts";
import { answerWith, passkeyOf } from "../support/passkeys.ts";
import { type Person, signedIn, somebody } from "../support/people.ts";
import { randomAddress, startService, type TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

const LOCKED_AFTER = 100;
const ADDRESSES = Array.from({ length: 20 }, (_, number) => `198.18.7.${number}`);
const entrances = passwordEntrances();
const [planasonix] = entrances as [AddressEntrance];

/** Fails at an account until it is closed, from twenty addresses and through every contract in turn. */
async function fail(service: TestService, { email }: Person, times = LOCKED_AFTER) {
  const statuses: number[] = [];
  for (let failure = 0; failure < times; failure++) {
    const entrance = entrances[failure % entrances.length] ?? planasonix;
    const address = ADDRESSES[failure % ADDRESSES.length] ?? "";
    const { status } = await attempt(service, entrance, { email, address });
    statuses.push(status);
  }
  return tally(statuses);
}

const logIn = (service: TestService, { email, password }: Person, address?: string) =>
  attempt(service, planasonix, { email, password, ...(address && { address }) });

describe("THR-01: a hundred failures in a row on one account", () => {
  it("from 20 addresses and through all contracts close its password everywhere, whatever is evicted", async () => {
    stopClock();
    const service = startService();
    const person = await member(service);

    for (let quarter = 0; quarter < 4; quarter++) {
      expect(await fail(service, person, 25)).toEqual({ 401: 25 });
      expect(await evictAll(env.THROTTLE)).toBeGreaterThan(0);
    }

    // A new isolate, that is: nothing is remembered but in the objects.
    const elsewhere = startService();
    for (const entrance of entrances) {
      expect((await attempt(elsewhere, entrance, person)).status).toBe(429);
    }
    expect((await new Browser(elsewhere).post("/signin", { ...person })).status).toBe(429);
  });

  it("are not forgotten for a year", async () => {
    stopClock();
    const service = startService();
    const person = await member(service);
    await fail(service, person);

    passSeconds(364 * DAY_SECONDS);

    expect((await logIn(service, person)).status).toBe(429);
  });

  it("begin anew with a right password before the hundredth", async () => {
    stopClock();
    const service = startService();
    const person = await member(service);

    await fail(service, person, LOCKED_AFTER - 1);
    expect((await logIn(service, person)).status).toBe(200);

    expect(await fail(service, person, LOCKED_AFTER - 1)).toEqual({ 401: LOCKED_AFTER - 1 });
    expect((await logIn(service, person)).status).toBe(200);
  });
});

describe("THR-03: an account that strangers closed", () => {
  it("leaves its owner signed in where they are, and lets them refresh", async () => {
    stopClock();
    const service = startService();
    const person = await member(service);
    const { accessToken, refreshToken } = await signedIn(service, person);
    await fail(service, person);

    const profile = await service.ask("/api/user/profile", { method: "GET", bearer: accessToken });
    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });

    expect([profile.status, refreshed.status]).toEqual([200, 200]);
  });

  it("opens by a link to a new password, to a code by mail, and to a passkey", async () => {
    stopClock();
    const service = startService();
    const { browser, person } = await memberBrowser(service);
    const device = await passkeyOf(browser);
    const { email } = person;
    await fail(service, person);
    expect((await logIn(service, person)).status).toBe(429);

    const elsewhere = new Browser(service);
    const byPasskey = await answerWith(elsewhere, await elsewhere.open("/signin"), device);
    expect(byPasskey.status).toBe(303);

    await service.ask("/api/v1/auth/send-code", { body: { email } });
    const [code] = (await mailTo(service, email, /code to sign in/i)).text.match(/^\d{6}$/m) ?? [];
    const byCode = await service.ask("/api/v1/auth/verify-code", { body: { email, code } });
    expect(byCode.status).toBe(200);
    expect((await logIn(service, person)).status).toBe(200);

    await fail(service, person);
    expect((await logIn(service, person)).status).toBe(429);

    const password = "windy-lantern-orchard-7";
    await service.ask("/api/forgot-password", { body: { email } });
    const token = await mailedToken(service, email, RESET);
    await service.ask("/api/reset-password", { body: { token, password } });
    expect((await logIn(service, { ...person, password }, ADDRESSES[0])).status).toBe(200);
  });
});

describe.each(entrances)("$endpoint", (entrance) => {
  it("THR-02: makes who failed ten times wait, longer each time, and says how long", async () => {
    stopClock();
    const service = startService();
    const { email } = await member(service);
    const address = randomAddress();
    const statuses = [];
    for (let failure = 0; failure < 10; failure++) {
      statuses.push((await attempt(service, entrance, { email, address })).status);
    }

    expect(tally(statuses)).toEqual({ 401: 10 });

    for (const seconds of [1, 2, 4]) {
      const { status, headers } = await attempt(service, entrance, { email, address });
      expect([status, new Headers(headers).get("retry-after")]).toEqual([429, `${seconds}`]);
      passSeconds(seconds);
      expect((await attempt(service, entrance, { email, address })).status).toBe(401);
    }
  });

  it("THR-04: does not tell a right password from a wrong one while it makes wait", async () => {
    stopClock();
    const service = startService();
    const person = await member(service);
    const { email } = person;
    const address = randomAddress();
    for (let failure = 0; failure < 10; failure++) {
      await attempt(service, entrance, { email, address });
    }
    let answers: unknown[] = [];

    const { hashes } = await countCalls(async () => {
      answers = [
        await attempt(service, entrance, { ...person, address }),
        await attempt(service, entrance, { email, address }),
      ];
    });

    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]).toMatchObject({ status: 429 });
    expect(hashes).toBe(0);
  });
});

describe("THR-05: one password sprayed over 500 accounts from one address", () => {
  it("is looked at for as many accounts as the fence lets through in its minute", async (test) => {
    const accounts = 500;
    await theMostOfAMinute();
    const service = startService();
    let statuses: number[] = [];

    const { hashes } = await countCalls(async () => {
      const answers = await Promise.all(
        Array.from({ length: accounts }, () =>
          logIn(service, { ...somebody(), password: NOBODYS }, "198.18.9.1"),
        ),
      );
      statuses = answers.map(({ status }) => status);
    });
    countFigure(test, "parallel requests", accounts);

    // More than 33 hashes at once are told to come back by the gate around them: 503.
    const { 429: fenced = 0, ...looked } = tally(statuses);
    expect(fenced).toBe(accounts - 60);
    expect(Object.keys(looked).filter((status) => !["401", "503"].includes(status))).toEqual([]);
    expect(hashes).toBeLessThanOrEqual(60);
    expect(looked[401]).toBeGreaterThan(0);
  });
});

/** A fence counts by the minute of the wall clock: a test that counts wants the most of one. */
async function theMostOfAMinute(): Promise<void> {
  const left = 60_000 - (Date.now() % 60_000);
  await scheduler.wait(left < 20_000 ? left : 0);
}
