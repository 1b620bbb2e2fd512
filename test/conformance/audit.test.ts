import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { AuditEvent } from "../../src/core/audit/audit-log.ts";
import { checkPassword } from "../../src/core/password/check-password.ts";
import { Refused } from "../../src/core/refused.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { asking, owner } from "../support/asking.ts";
import { allowed, codeOf } from "../support/authorization.ts";
import { Browser } from "../support/browser.ts";
import { registerClients, TV } from "../support/clients.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../support/clock.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { disableAccount } from "../support/disabled.ts";
import { countFigure } from "../support/figures.ts";
import { member } from "../support/members.ts";
import { askToken, redemption, revoked } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { type Person, registered, signedIn, somebody } from "../support/people.ts";
import { startPostOffice, tokenIn } from "../support/post-office.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import { startService, type TestService } from "../support/service.ts";
import { tally } from "../support/tally.ts";
import { contracts, offering } from "./contracts.ts";
import { given } from "./driver.ts";

/** As soon as a setting allows. */
const TRIES = 10;
const CLOSING_SOON = { PASSWORD_FAILURES_BEFORE_CLOSING: `${TRIES}` };
const APP = "The client test-spa";
const WRONG = "not the right password";

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});
beforeEach(stopClock);
afterEach(() => void vi.restoreAllMocks());

/** What happened to somebody's account, the oldest first. */
async function eventsOf({ ports }: TestService, { email }: Pick<Person, "email">) {
  const account = await ports.accounts.findByEmail(DEFAULT_TENANT_ID, email);
  return (await ports.auditLog.list(account?.id ?? "", 100)).toReversed();
}

/** Those that were not there before: what is of one time is in no order. */
function since(before: readonly AuditEvent[], now: readonly AuditEvent[]): AuditEvent[] {
  return now.filter(({ id }) => before.every((earlier) => earlier.id !== id));
}

const namesOf = (events: readonly AuditEvent[]) => events.map(({ event }) => event);

async function allEvents(): Promise<number> {
  return (await env.DB.prepare("SELECT count(*) AS n FROM audit_events").first<number>("n")) ?? -1;
}

function guess(service: TestService, { email }: Pick<Person, "email">, password = WRONG) {
  return service.ask("/api/login", { body: { email, password } });
}

describe("REL-07: the account's events", () => {
  it("tell of each login, failure, lockout, reset, grant and revocation who, when and from where", async () => {
    const office = startPostOffice(CLOSING_SOON);
    const { person, caller } = await owner(office);
    const { length: before } = await eventsOf(office, person);
    const times: number[] = [];
    const next = () => {
      passSeconds(1);
      times.push(Date.now());
    };

    next();
    const { accessToken } = await signedIn(office, person);
    next();
    const { userCode, deviceCode } = await startedDevice(office);
    await decide(office, accessToken, { userCode });
    await poll(office, deviceCode);
    const other = await startedDevice(office);
    await decide(office, accessToken, { userCode: other.userCode, approve: false });
    next();
    const browser = new Browser(office);
    await browser.signIn(person);
    next();
    const { body: tokens } = await askToken(office, redemption(codeOf(await allowed(browser))));
    next();
    await revoked(office, { client_id: "test-spa", token: tokens.refresh_token ?? "" });
    next();
    for (let tries = 0; tries < TRIES; tries++) {
      await guess(office, person);
    }
    next();
    await office.deliver();
    await office.ask("/api/forgot-password", { body: { email: person.email } });
    const [letter] = await office.deliver();
    const body = { token: tokenIn(letter ?? expect.fail()), password: "another gentle otter" };
    await office.ask("/api/reset-password", { body });

    // What is of one time is in no order.
    const told = (await eventsOf(office, person))
      .slice(before)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.event < b.event ? 1 : -1));
    const [own, here] = [caller.account.id, browser.address];
    const there = told[0]?.address;
    const byOwner = { actorId: own, clientId: null, subject: null };
    const tv = { clientId: TV, subject: "Test TV" };
    const app = { clientId: "test-spa", subject: APP };
    const unknown = { ...byOwner, at: 5, address: there, actorId: "" };
    expect(
      told.map(({ event, at, address, actorId, clientId, subject }) => ({
        event,
        at: times.indexOf(at.getTime()),
        address,
        actorId,
        clientId,
        subject,
      })),
    ).toEqual([
      { event: "signed-in", at: 0, address: there, ...byOwner },
      { event: "signed-in", at: 1, address: there, ...byOwner, ...tv },
      { event: "device-denied", at: 1, address: there, ...byOwner, ...tv },
      { event: "device-approved", at: 1, address: there, ...byOwner, ...tv },
      { event: "signed-in", at: 2, address: here, ...byOwner },
      { event: "signed-in", at: 3, address: there, ...byOwner, ...app },
      { event: "app-approved", at: 3, address: here, ...byOwner, ...app },
      { event: "session-ended", at: 4, address: there, ...app, actorId: "client:test-spa" },
      ...Array(TRIES).fill({ ...unknown, event: "password-refused" }),
      { ...unknown, event: "password-closed" },
      { event: "password-reset", at: 6, address: there, ...byOwner },
    ]);
    expect(there).toMatch(/^198\.18\.\d+\.\d+$/);
  });

  it("name the session in which a person ended another, and the one that a client ended", async () => {
    const office = startPostOffice();
    const { person, accessToken } = await owner(office);
    const browser = new Browser(office);
    await browser.signIn(person);
    const { body: tokens } = await askToken(office, redemption(codeOf(await allowed(browser))));
    await revoked(office, { client_id: "test-spa", token: tokens.refresh_token ?? "" });
    const { body: listed } = await office.ask<{ tokens: { id: number; is_current: boolean }[] }>(
      "/api/auth/tokens",
      { method: "GET", bearer: accessToken },
    );
    const other = listed.tokens.find(({ is_current }) => !is_current) ?? expect.fail();
    await office.ask(`/api/auth/tokens/${other.id}`, { method: "DELETE", bearer: accessToken });

    const ended = (await eventsOf(office, person)).filter(({ event }) => event === "session-ended");
    const sidOf = (token: string) => decodeJwt(token)["sid"];
    expect(ended.map(({ actorId, sessionId }) => [actorId, sessionId])).toEqual(
      expect.arrayContaining([
        ["client:test-spa", sidOf(tokens.access_token)],
        [decodeJwt(accessToken).sub, sidOf(accessToken)],
      ]),
    );
    expect(ended).toHaveLength(2);
  });
});

describe.each(contracts)("REL-07: a refusal through $contract", ({ connect }) => {
  it("is written down once, without who it was: that is not known", async () => {
    const service = startService();
    const person = await member(service);
    const before = await eventsOf(service, person);

    const answer = await connect(service).signIn({ ...person, password: WRONG });

    expect(answer.yes).toBe(false);
    const [told, ...rest] = since(before, await eventsOf(service, person));
    expect(rest).toEqual([]);
    expect(told).toMatchObject({ event: "password-refused", actorId: "", sessionId: null });
  });

  it("of a second factor is written down after the password was right", async () => {
    const service = startService();
    const person = await member(service);
    await secondFactorOf(service, person);
    passSeconds(1);
    const before = await eventsOf(service, person);

    const answer = await connect(service).signIn({ ...person, recoveryCode: "aaaaa-aaaaa" });

    expect(answer.yes).toBe(false);
    expect(namesOf(since(before, await eventsOf(service, person)))).toEqual([
      "second-factor-refused",
    ]);
  });
});

describe("REL-07: refused passwords", () => {
  it("are written down ten times a day and account, however many there are", async (test) => {
    const service = startService({
      PASSWORD_FAILURES_BEFORE_DELAY: "100",
      CREDENTIAL_FENCE: { limit: async () => ({ success: true }) },
    });
    const [person, other] = [await registered(service), await registered(service)];
    const refusals = async (who: Person) =>
      namesOf(await eventsOf(service, who)).filter((name) => name === "password-refused").length;

    await Promise.all(Array.from({ length: 40 }, () => guess(service, person)));
    countFigure(test, "parallel requests", 40);
    await guess(service, other);
    expect([await refusals(person), await refusals(other)]).toEqual([10, 1]);

    passSeconds(DAY_SECONDS - 1);
    await guess(service, person);
    expect(await refusals(person)).toBe(10);
    passSeconds(2);
    await guess(service, person);
    expect(await refusals(person)).toBe(11);
  });

  it("are not written down while nothing is tried: whoever has to wait leaves nothing", async () => {
    const service = startService({ PASSWORD_FAILURES_BEFORE_DELAY: "3" });
    const person = await registered(service);
    for (let tries = 0; tries < 3; tries++) {
      expect((await guess(service, person)).status).toBe(401);
    }
    const before = await allEvents();

    expect((await guess(service, person)).status).toBe(429);

    expect(await allEvents()).toBe(before);
  });

  it("of an address that nobody has leave nothing, closed or not", async () => {
    const service = startService(CLOSING_SOON);
    const stranger = somebody();
    const before = await allEvents();

    for (let tries = 0; tries < TRIES; tries++) {
      expect((await guess(service, stranger)).status).toBe(401);
    }

    expect((await guess(service, stranger)).status).toBe(429);
    expect(await allEvents()).toBe(before);
  });

  it("of a disabled account are written down, though its password be right", async () => {
    const service = startService();
    const person = await registered(service);
    await disableAccount(person.email);
    const before = await eventsOf(service, person);

    expect((await guess(service, person, person.password)).status).toBe(401);

    expect(namesOf(since(before, await eventsOf(service, person)))).toEqual(["password-refused"]);
  });

  it("are answered before they are written down, and as well when that fails", async () => {
    const office = startPostOffice();
    const person = await registered(office);
    const { context, settled } = asking(office);
    const statement = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
    const { promise: never, reject: fail } = Promise.withResolvers<never>();
    const writes = vi.spyOn(statement, "run").mockImplementation(() => never);

    const answer = await checkPassword(context, { email: person.email, password: WRONG });

    expect(answer).toEqual(new Refused("invalid_credentials"));
    expect(writes).toHaveBeenCalledTimes(1);
    fail(new Error("D1 is down"));
    await expect(settled()).rejects.toMatchObject({ part: "D1" });
    writes.mockRestore();
    vi.spyOn(statement, "run").mockRejectedValue(new Error("D1 is down"));
    expect((await guess(office, person)).status).toBe(401);
  });
});

describe.each(offering("totp"))("REL-07: too many wrong codes through $contract", ({ connect }) => {
  it.each([
    ["of the app", { code: "no code" }],
    ["for recovery", { recoveryCode: "aaaaa-aaaaa" }],
  ])("%s are written down as what closed the second factor", async (_, wrong) => {
    const service = startService(CLOSING_SOON);
    const driver = connect(service);
    const person = await member(service);
    const { app } = await secondFactorOf(service, person);
    given(await driver.signIn({ ...person, code: app.nextCode() }));
    passSeconds(1);
    const before = await eventsOf(service, person);

    for (let tries = 0; tries < TRIES; tries++) {
      expect((await driver.signIn({ ...person, ...wrong })).yes).toBe(false);
    }

    expect(tally(namesOf(since(before, await eventsOf(service, person))))).toEqual({
      "second-factor-refused": TRIES,
      "second-factor-closed": 1,
    });
  });
});
