import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { countFigure } from "../support/figures.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";
import { tally } from "../support/tally.ts";

/** How long a grant lives, and then is remembered. */
const FORGOTTEN_SECONDS = 15 * 60 + 10;

/** Ten polls where one is allowed. */
const PRESSURE = 10;
const MINUTES = 2;

beforeAll(registerClients);

describe("DEV-22: polling ten times as often as is allowed", () => {
  it("is told to slow down, never fails, and gets its tokens once they are there", async () => {
    stopClock();
    const service = startService();
    const { deviceCode, userCode, interval } = await startedDevice(service);
    const polls = (MINUTES * 60 * PRESSURE) / interval;
    const codes: string[] = [];
    for (let number = 0; number < polls; number++) {
      const { status, body } = await poll(startService(), deviceCode);
      codes.push(`${status} ${body.error.code}`);
      passSeconds(interval / PRESSURE);
    }

    const { "400 slow_down": slowed = 0, "400 authorization_pending": pending = 0 } = tally(codes);
    expect(slowed + pending).toBe(polls);
    expect(slowed).toBeGreaterThan(pending);

    const { accessToken } = await signedIn(startService());
    await decide(startService(), accessToken, { userCode });
    expect((await poll(startService(), deviceCode)).status).toBe(200);
  });

  it("does no harm by fifty devices at once", async (test) => {
    stopClock();
    const devices = 50;
    const started = await Promise.all(
      Array.from({ length: devices }, () => startedDevice(startService())),
    );

    const answers = await Promise.all(
      started.flatMap(({ deviceCode }) =>
        Array.from({ length: PRESSURE }, () => poll(startService(), deviceCode)),
      ),
    );
    countFigure(test, "parallel requests", devices * PRESSURE);

    expect(tally(answers.map(({ body }) => body.error.code))).toEqual({
      authorization_pending: devices,
      slow_down: devices * (PRESSURE - 1),
    });
    expect(tally(answers.map(({ status }) => status))).toEqual({ 400: devices * PRESSURE });
  });
});

describe("polling for a grant that nobody remembers", () => {
  it("asks no store, however many such codes somebody has", async () => {
    stopClock();
    const { deviceCode } = await startedDevice(startService());
    passSeconds(FORGOTTEN_SECONDS - 1);
    expect((await poll(startService(), deviceCode)).body.error.code).toBe("expired_token");
    passSeconds(1);

    const service = startService();
    const calls = await countCalls(async () => {
      expect((await poll(service, deviceCode)).body.error.code).toBe("invalid_grant");
    });
    expect(calls).toMatchObject({ d1: 0, durableObjects: 0 });
  });
});
