import { beforeAll, describe, expect, it } from "vitest";
import { registerClients } from "../../support/clients.ts";
import { DAY_SECONDS, passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { disableAccount } from "../../support/disabled.ts";
import { type SignedInBody, signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();
const INVALID = refusal(
  401,
  "invalid_refresh_token",
  "The refresh token is not valid. Sign in again.",
);

beforeAll(registerClients);

const ask = (refreshToken: string) =>
  service.ask<SignedInBody>("/api/auth/refresh", { body: { refreshToken } });

async function refreshed(refreshToken: string): Promise<string> {
  const { status, body } = await ask(refreshToken);
  expect(status).toBe(200);
  return body.refreshToken;
}

describe("POST /api/auth/refresh", () => {
  it("answers a new pair of tokens, and no account", async () => {
    const { refreshToken, accessToken } = await signedIn(service);

    const answer = await ask(refreshToken);

    expect(seen(answer)).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: {
        accessToken: "<access token>",
        refreshToken: "<refresh token>",
        expiresIn: 3600,
        tokenType: "Bearer",
      },
    });
    expect(answer.body.refreshToken).not.toBe(refreshToken);
    expect(answer.body.accessToken).not.toBe(accessToken);
  });

  it("refuses everything that is no refresh token of this contract", async () => {
    const { refreshToken, accessToken } = await signedIn(service);
    const last = refreshToken.at(-2) === "A" ? "B" : "A";

    for (const token of [
      "none",
      "plnx_rt_",
      accessToken,
      refreshToken.slice("plnx_rt_".length),
      refreshToken.replace("plnx_rt_", "PLNX_RT_"),
      refreshToken.replace(/.(.)$/, `${last}$1`),
      refreshToken.slice(0, -4),
      `${refreshToken}AAAA`,
      ` ${refreshToken}`,
    ]) {
      expect(seen(await ask(token))).toEqual(INVALID);
    }
    expect((await ask(refreshToken)).status).toBe(200);
  });

  it("refuses a disabled account", async () => {
    const { refreshToken, person } = await signedIn(service);
    await disableAccount(person.email);

    expect(seen(await ask(refreshToken))).toEqual(INVALID);
  });

  it("refreshes the session of a device, which stays held to its scopes", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });
    const { body: device } = await poll(service, deviceCode);

    const { body } = await ask(device.refreshToken);

    const other = await startedDevice(service);
    expect((await decide(service, body.accessToken, other)).status).toBe(403);
  });
});

describe("a refresh token that was used", () => {
  it("leads to the same successor again for ten seconds", async () => {
    stopClock();
    const { refreshToken: first } = await signedIn(service);
    const second = await refreshed(first);

    passSeconds(9.999);

    expect(await refreshed(first)).toBe(second);
    await refreshed(second);
  });

  it("ends the session after ten seconds", async () => {
    stopClock();
    const { refreshToken: first } = await signedIn(service);
    const second = await refreshed(first);

    passSeconds(10);

    expect(seen(await ask(first))).toEqual(INVALID);
    expect(seen(await ask(second))).toEqual(INVALID);
  });

  it("has its ten seconds counted from its first use, not from a retry", async () => {
    stopClock();
    const { refreshToken: first } = await signedIn(service);
    await refreshed(first);
    passSeconds(9);
    await refreshed(first);

    passSeconds(1);

    expect(seen(await ask(first))).toEqual(INVALID);
  });

  it("ends the session at once when its successor was used too", async () => {
    stopClock();
    const { refreshToken: first, accessToken } = await signedIn(service);
    const third = await refreshed(await refreshed(first));

    expect(seen(await ask(first))).toEqual(INVALID);
    expect(seen(await ask(third))).toEqual(INVALID);
    expect((await decide(service, accessToken, { userCode: "none" })).status).toBe(401);
  });

  it("ends no other session of the account", async () => {
    const { person, refreshToken: first } = await signedIn(service);
    const other = await signedIn(service, person);
    await refreshed(await refreshed(first));

    await ask(first);

    await refreshed(other.refreshToken);
  });
});

describe("SES-04: a session", () => {
  it("ends when it was not refreshed for 30 days", async () => {
    stopClock();
    const { refreshToken } = await signedIn(service);

    passSeconds(30 * DAY_SECONDS);

    expect(seen(await ask(refreshToken))).toEqual(INVALID);
  });

  it("lives 30 days more from each refresh", async () => {
    stopClock();
    const { refreshToken: first } = await signedIn(service);

    passSeconds(30 * DAY_SECONDS - 1);
    const second = await refreshed(first);
    passSeconds(30 * DAY_SECONDS - 1);
    const third = await refreshed(second);
    passSeconds(30 * DAY_SECONDS);

    expect(seen(await ask(third))).toEqual(INVALID);
  });

  it("ends 180 days after the sign-in, however often it is refreshed", async () => {
    stopClock();
    let { refreshToken } = await signedIn(service);
    for (let month = 0; month < 6; month++) {
      passSeconds(29 * DAY_SECONDS);
      refreshToken = await refreshed(refreshToken);
    }

    passSeconds(6 * DAY_SECONDS - 1);
    refreshToken = await refreshed(refreshToken);
    passSeconds(1);

    expect(seen(await ask(refreshToken))).toEqual(INVALID);
  });
});
