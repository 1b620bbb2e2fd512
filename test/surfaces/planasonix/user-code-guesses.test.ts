import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService, type TestService } from "../../support/service.ts";
import { comeBack, refusal } from "./refusal.ts";

const WRONG_CODES = ["ZZZZ-ZZZB", "ZZZZ-ZZZC", "ZZZZ-ZZZD", "ZZZZ-ZZZF", "ZZZZ-ZZZG"];
const WINDOW_SECONDS = 15 * 60;

beforeAll(registerClients);

const waitingDevice = () => startedDevice(startService());
const tooMany = (inSeconds: number) =>
  refusal(429, "rate_limited", "Too many attempts. Try again later.", {
    headers: comeBack({ limit: 5, inSeconds }),
  });

async function guessWrong(service: TestService, bearer: string, codes = WRONG_CODES) {
  for (const userCode of codes) {
    expect((await decide(service, bearer, { userCode })).status).toBe(404);
  }
}

describe("DEV-08: five wrong user codes", () => {
  it("close the door to a right one too, and say when it opens", async () => {
    stopClock();
    const service = startService();
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await waitingDevice();
    await guessWrong(service, accessToken);

    expect(seen(await decide(service, accessToken, { userCode }))).toEqual(tooMany(WINDOW_SECONDS));
    expect(seen(await decide(service, accessToken, { userCode: "ZZZZ-ZZZH" }))).toEqual(
      tooMany(WINDOW_SECONDS),
    );
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
  });

  it("count against the account wherever it is", async () => {
    stopClock();
    const { accessToken } = await signedIn(startService());
    const { userCode } = await waitingDevice();
    for (const code of WRONG_CODES) {
      await guessWrong(startService(), accessToken, [code]);
    }

    const answer = await decide(startService(), accessToken, { userCode });

    expect(seen(answer)).toEqual(tooMany(WINDOW_SECONDS));
  });

  it("count against the address whoever sends them, and against nobody elsewhere", async () => {
    stopClock();
    const service = startService();
    const first = await signedIn(service);
    const second = await signedIn(service);
    const { userCode } = await waitingDevice();
    await guessWrong(service, first.accessToken);

    const here = await decide(service, second.accessToken, { userCode });
    const elsewhere = await decide(startService(), second.accessToken, { userCode });

    expect(seen(here)).toEqual(tooMany(WINDOW_SECONDS));
    expect(elsewhere.status).toBe(200);
  });

  it("count for 15 minutes each", async () => {
    stopClock();
    const service = startService();
    const { accessToken } = await signedIn(service);
    await guessWrong(service, accessToken, WRONG_CODES.slice(0, 1));
    passSeconds(60);
    await guessWrong(service, accessToken, WRONG_CODES.slice(1));
    const { userCode } = await waitingDevice();

    passSeconds(WINDOW_SECONDS - 61);
    expect(seen(await decide(service, accessToken, { userCode }))).toEqual(tooMany(1));
    passSeconds(1);
    expect((await decide(service, accessToken, { userCode })).status).toBe(200);
  });
});

describe("what is no wrong guess", () => {
  it("is a text that can be no code", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await waitingDevice();
    await guessWrong(service, accessToken, [...Array(6).fill("none"), deviceCode]);

    expect((await decide(service, accessToken, { userCode })).status).toBe(200);
  });

  it("is a right code, decided before or not", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const { userCode } = await waitingDevice();
    const statuses = [];
    for (let time = 0; time < 7; time++) {
      statuses.push((await decide(service, accessToken, { userCode })).status);
    }

    expect(statuses).toEqual([200, 409, 409, 409, 409, 409, 409]);
    expect((await decide(service, accessToken, await waitingDevice())).status).toBe(200);
  });
});
