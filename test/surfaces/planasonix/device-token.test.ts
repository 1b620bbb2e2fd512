import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { oneClient } from "../../support/authorization.ts";
import { CLI, DEVICE_SCOPES, registerClients } from "../../support/clients.ts";
import { passSeconds, stopClock } from "../../support/clock.ts";
import { decide, poll, startedDevice } from "../../support/devices.ts";
import { disableAccount } from "../../support/disabled.ts";
import { DEVICE_CODE_GRANT } from "../../support/oauth.ts";
import { signedIn } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { startService } from "../../support/service.ts";
import { JSON_ANSWER, refusal } from "./refusal.ts";

const service = startService();
const PENDING = refusal(400, "authorization_pending", "Nobody has decided yet. Keep polling.");
const DENIED = refusal(400, "access_denied", "The request was denied.");
const EXPIRED = refusal(400, "expired_token", "The device code has expired. Start again.");
const INVALID = refusal(400, "invalid_grant", "The device code is not valid. Start again.");

beforeAll(registerClients);

async function decidedDevice(approve: boolean) {
  const approver = await signedIn(service);
  const device = await startedDevice(service);
  await decide(service, approver.accessToken, { userCode: device.userCode, approve });
  return { ...device, approver };
}

describe("POST /api/v2/auth/device/token", () => {
  it("answers authorization_pending until a person decides", async () => {
    const { deviceCode } = await startedDevice(service);

    expect(seen(await poll(service, deviceCode))).toEqual(PENDING);
  });

  it("answers an approved device like a sign-in of the person who approved", async () => {
    const { deviceCode, approver } = await decidedDevice(true);

    const answer = await poll(service, deviceCode);

    expect(seen(answer)).toEqual({
      status: 200,
      headers: JSON_ANSWER,
      body: {
        accessToken: "<access token>",
        refreshToken: "<refresh token>",
        expiresIn: 3600,
        tokenType: "Bearer",
        user: {
          id: "<account id>",
          email: approver.person.email,
          name: "Robin Example",
          emailVerified: false,
        },
      },
    });
    expect(answer.body.user.id).toBe(approver.user.id);
    expect(answer.body.refreshToken).not.toBe(approver.refreshToken);
  });

  it("gives tokens once", async () => {
    const { deviceCode } = await decidedDevice(true);
    await poll(service, deviceCode);

    expect(seen(await poll(service, deviceCode))).toEqual(INVALID);
    expect(seen(await poll(service, deviceCode))).toEqual(INVALID);
  });

  it("answers access_denied to a denied device, every time", async () => {
    const { deviceCode } = await decidedDevice(false);

    expect(seen(await poll(service, deviceCode))).toEqual(DENIED);
    expect(seen(await poll(service, deviceCode))).toEqual(DENIED);
  });

  it("gives nothing when the account was disabled after the approval, and stays with that", async () => {
    const { deviceCode, approver } = await decidedDevice(true);
    await disableAccount(approver.person.email);

    expect(seen(await poll(service, deviceCode))).toEqual(DENIED);
    expect(seen(await poll(service, deviceCode))).toEqual(DENIED);
  });
});

describe("a device code", () => {
  it("is its client's own: another one is refused, and the client can still redeem it", async () => {
    const { deviceCode } = await decidedDevice(true);

    expect(seen(await poll(service, deviceCode, CLI))).toEqual(INVALID);
    expect(seen(await poll(service, deviceCode, "nobody"))).toEqual(INVALID);
    expect((await poll(service, deviceCode)).status).toBe(200);
  });

  it.each([
    ["is gone", "DELETE FROM clients WHERE id = ?"],
    ["may not use it any more", `UPDATE clients SET grants = '["refresh_token"]' WHERE id = ?`],
  ])("is not waited for by a client that %s", async (_, change) => {
    const grants = [DEVICE_CODE_GRANT];
    const clientId = await oneClient({ grants, redirectUris: [], scopes: DEVICE_SCOPES });
    const { deviceCode } = await startedDevice(service, { clientId });
    expect(seen(await poll(service, deviceCode, clientId))).toEqual(PENDING);

    await env.DB.prepare(change).bind(clientId).run();

    // Another isolate, which remembers no client.
    expect(seen(await poll(startService(), deviceCode, clientId))).toEqual(INVALID);
  });

  it("of another client does not slow that client down", async () => {
    const { deviceCode } = await startedDevice(service);
    await poll(service, deviceCode, CLI);

    expect(seen(await poll(service, deviceCode))).toEqual(PENDING);
  });

  it("is never the user code, nor anything made up", async () => {
    const { deviceCode, userCode, approver } = await decidedDevice(true);
    const flipped = deviceCode.startsWith("A") ? "B" : "A";

    for (const code of [
      userCode,
      userCode.replace("-", ""),
      approver.refreshToken,
      approver.accessToken,
      flipped + deviceCode.slice(1),
      deviceCode.slice(0, -2),
      "none",
    ]) {
      expect(seen(await poll(service, code))).toEqual(INVALID);
    }
  });

  it("expires after 15 minutes, and is forgotten ten seconds later", async () => {
    stopClock();
    const { deviceCode, expiresIn } = await startedDevice(service);

    passSeconds(expiresIn - 0.001);
    expect(seen(await poll(service, deviceCode))).toEqual(PENDING);
    passSeconds(0.001);
    expect(seen(await poll(service, deviceCode))).toEqual(EXPIRED);
    passSeconds(9.999);
    expect(seen(await poll(service, deviceCode))).toEqual(EXPIRED);
    passSeconds(0.001);
    expect(seen(await poll(service, deviceCode))).toEqual(INVALID);
  });

  it.each([true, false])("expires when it was decided, too (approved: %s)", async (approve) => {
    stopClock();
    const { deviceCode, expiresIn } = await decidedDevice(approve);

    passSeconds(expiresIn);

    expect(seen(await poll(service, deviceCode))).toEqual(EXPIRED);
  });
});
