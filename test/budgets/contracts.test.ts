import { describe, expect, it } from "vitest";
import { contracts, offering } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { provedMember } from "../support/members.ts";
import { startPostOffice } from "../support/post-office.ts";
import { secondFactorOf } from "../support/second-factor.ts";
import type { TestService } from "../support/service.ts";

/** What a successful call may cost, whichever contract it is made through. */
const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };
const FIVE_MINUTES = 300;

/** An isolate reads them once a minute, for whoever comes first then. */
const readSigningKeys = (service: TestService) =>
  service.ask("/.well-known/jwks.json", { method: "GET" });

describe.each(contracts)("through $contract, a successful call costs", ({ connect }) => {
  it("signing in: 2 D1, 2 Durable Objects, 1 hash", async () => {
    const service = startPostOffice();
    const driver = connect(service);
    const person = await provedMember(service);
    given(await driver.signIn(person));

    const calls = await countCalls(() => driver.signIn(person));

    expect(calls).toEqual({ ...NOTHING, d1: 2, durableObjects: 2, hashes: 1 });
  });

  it("asking as somebody who is signed in: 1 D1, and 1 after the answer every five minutes", async () => {
    stopClock();
    const service = startPostOffice();
    const driver = connect(service);
    const { accessToken } = given(await driver.signIn(await provedMember(service)));
    const ask = () => driver.isSignedIn(accessToken);

    expect(await countCalls(ask)).toEqual({ ...NOTHING, d1: 1 });
    passSeconds(FIVE_MINUTES + 1);
    await readSigningKeys(service);
    expect(await countCalls(ask)).toEqual({ ...NOTHING, d1: 2 });
    expect(await countCalls(ask)).toEqual({ ...NOTHING, d1: 1 });
  });

  it("signing in with a second factor: at most 1 D1 more than without", async () => {
    stopClock();
    const service = startPostOffice();
    const driver = connect(service);
    const person = await provedMember(service);
    const { app } = await secondFactorOf(service, person);
    given(await driver.signIn({ ...person, code: app.nextCode() }));

    const code = app.nextCode();
    await readSigningKeys(service);
    const calls = await countCalls(async () => given(await driver.signIn({ ...person, code })));

    expect(calls.d1).toBeLessThanOrEqual(3);
    expect(calls).toMatchObject({ kv: 0, hashes: 1, queue: 0 });
  });
});

describe.each(offering("refresh"))("through $contract, a successful call costs", ({ connect }) => {
  it("refreshing: 1 D1", async () => {
    const service = startPostOffice();
    const driver = connect(service);
    const { refreshToken } = given(await driver.signIn(await provedMember(service)));

    expect(await countCalls(() => driver.refresh(refreshToken ?? ""))).toEqual({
      ...NOTHING,
      d1: 1,
    });
  });
});

describe.each(offering("signOut"))("through $contract, a successful call costs", ({ connect }) => {
  it("signing out: 1 D1", async () => {
    const service = startPostOffice();
    const driver = connect(service);
    const { accessToken } = given(await driver.signIn(await provedMember(service)));

    expect(await countCalls(() => driver.signOut(accessToken))).toEqual({ ...NOTHING, d1: 1 });
  });
});

describe.each(offering("keys"))("through $contract, a successful call costs", ({ connect }) => {
  it("asking with a key: 1 D1, and 1 after the answer every five minutes", async () => {
    stopClock();
    const service = startPostOffice();
    const { keys, ...driver } = connect(service);
    const { accessToken } = given(await driver.signIn(await provedMember(service)));
    const { key } = given(await keys.create(accessToken));
    await keys.use(key);

    expect(await countCalls(() => keys.use(key))).toEqual({ ...NOTHING, d1: 1 });
    passSeconds(FIVE_MINUTES + 1);
    expect(await countCalls(() => keys.use(key))).toEqual({ ...NOTHING, d1: 2 });
  });
});

describe("in a tenant that a path names, once its name is remembered", () => {
  it("asking as somebody who is signed in: 1 D1", async () => {
    const service = startPostOffice();
    const { email, password } = await provedMember(service);
    const base = "/default/api/v1/auth";
    const { body } = await service.ask<{ data: { token: string } }>(`${base}/login`, {
      body: { email, password },
    });
    const ask = () => service.ask(`${base}/me`, { method: "GET", bearer: body.data.token });

    expect(await countCalls(ask)).toEqual({ ...NOTHING, d1: 1 });
  });
});
