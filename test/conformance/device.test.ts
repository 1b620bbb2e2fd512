import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { member } from "../support/members.ts";
import { startService } from "../support/service.ts";
import { offering } from "./contracts.ts";
import { given, no } from "./driver.ts";

beforeAll(registerClients);

describe.each(offering("device"))("through $contract, a device", ({ connect }) => {
  async function setTheScene() {
    const service = startService();
    const { device, ...driver } = connect(service);
    const person = given(await driver.signIn(await member(service)));
    return { device, driver, person, started: given(await device.start()) };
  }

  it("waits at its pace, is approved and signs in once as who approved it", async () => {
    stopClock();
    const { device, driver, person, started } = await setTheScene();
    const { deviceCode, userCode, intervalSeconds } = started;

    expect(await device.poll(deviceCode)).toEqual(no("authorization_pending"));
    expect(await device.poll(deviceCode)).toEqual(no("slow_down"));
    passSeconds(intervalSeconds + 5);
    expect(await device.poll(deviceCode)).toEqual(no("authorization_pending"));

    given(await device.approve(person.accessToken, { userCode }));

    const session = given(await device.poll(deviceCode));
    expect(session.email).toBe(person.email);
    expect(await driver.isSignedIn(session.accessToken)).toBe(true);
    expect(await device.poll(deviceCode)).toEqual(no("invalid_grant"));
  });

  it("that is denied stays denied", async () => {
    const { device, person, started } = await setTheScene();

    given(await device.deny(person.accessToken, started.userCode));

    expect(await device.poll(started.deviceCode)).toEqual(no("access_denied"));
    expect(await device.approve(person.accessToken, started)).toEqual(no("user_code_decided"));
    expect(await device.poll(started.deviceCode)).toEqual(no("access_denied"));
  });

  it("that nobody decides about in time starts again", async () => {
    stopClock();
    const { device, person, started } = await setTheScene();

    passSeconds(900);

    expect(await device.poll(started.deviceCode)).toEqual(no("expired_token"));
    given(await device.approve(person.accessToken, given(await device.start())));
  });

  it("cannot let further devices in", async () => {
    const { device, person, started } = await setTheScene();
    given(await device.approve(person.accessToken, started));
    const { accessToken } = given(await device.poll(started.deviceCode));

    const { userCode } = given(await device.start());

    expect(await device.approve(accessToken, { userCode })).toEqual(no("insufficient_scope"));
  });
});
