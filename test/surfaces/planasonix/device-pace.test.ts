import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { refusal } from "./refusal.ts";

const service = startService();
const PENDING = "authorization_pending";
const TOO_FAST = "slow_down";

beforeAll(registerClients);
beforeEach(() => {
  stopClock();
});

/** What a device hears that waits these seconds before each poll. */
async function heard(deviceCode: string, waits: readonly number[]): Promise<string[]> {
  const codes: string[] = [];
  for (const seconds of waits) {
    passSeconds(seconds);
    codes.push((await poll(service, deviceCode)).body.error.code);
  }
  return codes;
}

describe("polling for a device's tokens", () => {
  it("answers slow_down to a poll that comes too fast", async () => {
    const { deviceCode } = await startedDevice(service);
    await poll(service, deviceCode);

    expect(seen(await poll(service, deviceCode))).toEqual(
      refusal(400, "slow_down", "Too fast. Poll five seconds slower from now on."),
    );
  });

  it("is free at first, and then at the interval, give or take a second", async () => {
    const { deviceCode } = await startedDevice(service);

    expect(await heard(deviceCode, [0, 5, 4, 5, 3.999])).toEqual([
      PENDING,
      PENDING,
      PENDING,
      PENDING,
      TOO_FAST,
    ]);
  });

  it("must wait five seconds longer after each slow_down, and from then on", async () => {
    const { deviceCode } = await startedDevice(service);

    expect(await heard(deviceCode, [0, 0, 10, 10, 5, 15, 15, 14, 13.999])).toEqual([
      PENDING,
      TOO_FAST,
      PENDING,
      PENDING,
      TOO_FAST,
      PENDING,
      PENDING,
      PENDING,
      TOO_FAST,
    ]);
  });

  it("counts the wait from the last poll that was not too fast", async () => {
    const { deviceCode } = await startedDevice(service);

    expect(await heard(deviceCode, [0, 3, 6])).toEqual([PENDING, TOO_FAST, PENDING]);
  });

  it("never has to wait longer than 30 seconds", async () => {
    const { deviceCode } = await startedDevice(service);
    await heard(deviceCode, Array(20).fill(0));

    expect(await heard(deviceCode, [28.999, 0.001, 28.999, 1.001])).toEqual([
      TOO_FAST,
      PENDING,
      TOO_FAST,
      PENDING,
    ]);
  });

  it.each([
    [true, 200],
    [false, "access_denied"],
  ])("is never too fast once a person decided (approved: %s)", async (approve, expected) => {
    const { accessToken } = await signedIn(service);
    const { deviceCode, userCode } = await startedDevice(service);
    await heard(deviceCode, [0, 0, 0]);
    await decide(service, accessToken, { userCode, approve });

    const { status, body } = await poll(service, deviceCode);

    expect(body.error?.code ?? status).toBe(expected);
  });

  it("of one device leaves the pace of another alone", async () => {
    const [first, second] = [await startedDevice(service), await startedDevice(service)];
    await heard(first.deviceCode, [0, 0]);

    expect(await heard(second.deviceCode, [0])).toEqual([PENDING]);
  });
});
