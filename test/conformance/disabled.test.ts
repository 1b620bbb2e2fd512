import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { disableAccount } from "../support/disabled.ts";
import { member, provedMember } from "../support/members.ts";
import { signedInOnPage } from "../support/page-session.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";
import { contracts, offering } from "./contracts.ts";
import { given, no } from "./driver.ts";

beforeAll(registerClients);

describe.each(contracts)("through $contract, a disabled account", ({ connect }) => {
  it("SES-05: cannot sign in, and is out at once where it was in", async () => {
    const service = startService();
    const driver = connect(service);
    const person = await member(service);
    const { accessToken } = given(await driver.signIn(person));

    await disableAccount(person.email);

    expect(await driver.signIn(person)).toEqual(no("invalid_credentials"));
    expect(await driver.isSignedIn(accessToken)).toBe(false);
  });
});

describe.each(offering("refresh"))("through $contract, a disabled account", ({ connect }) => {
  it("cannot refresh", async () => {
    const service = startService();
    const driver = connect(service);
    const person = await member(service);
    const { refreshToken } = given(await driver.signIn(person));

    await disableAccount(person.email);

    expect(await driver.refresh(refreshToken ?? "")).toEqual(no("refresh_token_invalid"));
  });
});

describe.each(offering("device"))("through $contract, a disabled account", ({ connect }) => {
  it("cannot redeem what it approved before", async () => {
    const service = startService();
    const { device, ...driver } = connect(service);
    const person = await member(service);
    const { accessToken } = given(await driver.signIn(person));
    const { deviceCode, userCode } = given(await device.start());
    given(await device.approve(accessToken, { userCode }));

    await disableAccount(person.email);

    expect(await device.poll(deviceCode)).toEqual(no("access_denied"));
  });
});

describe.each(offering("keys"))("through $contract, a disabled account", ({ connect }) => {
  it("has no good keys", async () => {
    const service = startService();
    const { keys, ...driver } = connect(service);
    const person = await member(service);
    const { accessToken } = given(await driver.signIn(person));
    const { key } = given(await keys.create(accessToken));
    expect(await keys.use(key)).toBe("good");

    await disableAccount(person.email);

    expect(await keys.use(key)).toBe("no key");
  });
});

describe.each(offering("recovery"))("through $contract, a disabled account", ({ connect }) => {
  it("is promised a link like everybody and gets none", async () => {
    const office = startPostOffice();
    const person = await provedMember(office);
    await office.deliver();
    const { recovery } = connect(office);
    expect(await recovery.request(person.email)).toEqual({ yes: true });
    expect(await office.deliver()).toHaveLength(1);

    await disableAccount(person.email);

    expect(await recovery.request(person.email)).toEqual({ yes: true });
    expect(await office.deliver()).toEqual([]);
  });
});

describe("SES-05: on a page, a disabled account", () => {
  it("is out where it was in", async () => {
    const service = startService();
    const person = await member(service);
    const { cookie } = await signedInOnPage(service, person);

    await disableAccount(person.email);
    const { status, headers } = await service.ask("/device", {
      method: "GET",
      headers: { cookie },
    });

    expect([status, headers.get("location")?.split("?")[0]]).toEqual([303, "/signin"]);
  });
});
