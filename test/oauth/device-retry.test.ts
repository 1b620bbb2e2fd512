import { runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import type { GrantState } from "../../src/core/device/device-grant.ts";
import { CHALLENGE, VERIFIER } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { grantObject } from "../support/durable.ts";
import { DEVICE_CODE_GRANT, formOf } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { approvedGrant, heard, pollGrant, undecidedGrant } from "../support/oauth-devices.ts";
import { randomAddress, startService } from "../support/service.ts";

const service = startService();
const KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324";

beforeAll(registerOAuthClients);

/** A poll's answer to the byte. */
async function pollText(device_code: string, idempotencyKey: string) {
  const poll = { grant_type: DEVICE_CODE_GRANT, client_id: "test-oauth-tv", device_code };
  const response = await service.fetch(
    new Request(`${service.settings.publicUrl}/oauth/token`, {
      method: "POST",
      headers: { "cf-connecting-ip": randomAddress(), "idempotency-key": idempotencyKey },
      body: formOf(poll),
    }),
  );
  return { status: response.status, text: await response.text() };
}

const stateOf = (userCode: string) =>
  runInDurableObject(grantObject(userCode), (_, { storage }) =>
    storage.kv.get<GrantState>("state"),
  );

describe("the poll that redeemed, sent again under its key", () => {
  it("gets the same answer byte for byte, as often as it asks", async () => {
    const { deviceCode } = await approvedGrant(service);

    const first = await pollText(deviceCode, KEY);

    expect(first.status).toBe(200);
    expect(await pollText(deviceCode, KEY)).toEqual(first);
    expect(await pollText(deviceCode, `"${KEY}"`)).toEqual(first);
  });

  it("gets it for a minute and not longer, also when the code has expired since", async () => {
    stopClock();
    const { deviceCode } = await approvedGrant(service);
    passSeconds(899);
    const first = await pollText(deviceCode, KEY);

    passSeconds(10);
    expect(await pollText(deviceCode, KEY)).toEqual(first);

    const { deviceCode: later } = await approvedGrant(service);
    const redeemed = await pollText(later, KEY);
    passSeconds(59.999);
    expect(await pollText(later, KEY)).toEqual(redeemed);
    passSeconds(0.001);
    const { status, text } = await pollText(later, KEY);
    expect([status, JSON.parse(text).error]).toEqual([400, "invalid_grant"]);
  });

  it.each<[string, Record<string, string>]>([
    ["another key", { "idempotency-key": "another" }],
    ["the beginning of the key", { "idempotency-key": KEY.slice(0, -1) }],
    ["no key", {}],
  ])("gets nothing under %s", async (_, headers) => {
    const { deviceCode } = await approvedGrant(service);
    await pollText(deviceCode, KEY);

    expect(heard(await pollGrant(service, deviceCode, {}, headers))).toBe("400 invalid_grant");
  });

  it("gets nothing where it was redeemed without a key", async () => {
    const { deviceCode } = await approvedGrant(service);
    await pollGrant(service, deviceCode);

    expect((await pollText(deviceCode, KEY)).status).toBe(400);
  });

  it("gets nothing as another client, or without the verifier that redeemed", async () => {
    const { deviceCode } = await approvedGrant(service, {
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
    });
    const again = async (fields: Record<string, string>) =>
      heard(await pollGrant(service, deviceCode, fields, { "idempotency-key": KEY }));

    expect(await again({ code_verifier: VERIFIER })).toBe("tokens");
    expect(await again({ code_verifier: VERIFIER, client_id: "test-oauth-tv-once" })).toBe(
      "400 invalid_grant",
    );
    expect(await again({})).toBe("400 invalid_grant");
    expect(await again({ code_verifier: VERIFIER })).toBe("tokens");
  });

  it("is held like any other before the decision, and not slowed down after", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    const keyed = async () =>
      heard(await pollGrant(service, deviceCode, {}, { "idempotency-key": KEY }));

    expect(await keyed()).toBe("400 authorization_pending");
    expect(await keyed()).toBe("400 slow_down");
    await decide();
    expect(await keyed()).toBe("tokens");
    expect(await keyed()).toBe("tokens");
  });
});

describe("an answer that is kept", () => {
  it("shows neither its key nor its tokens in storage", async () => {
    const { deviceCode, userCode } = await approvedGrant(service);
    const { body } = await pollGrant(service, deviceCode, {}, { "idempotency-key": KEY });

    const stored = JSON.stringify(await stateOf(userCode));

    expect(stored).toContain("sealedAnswer");
    for (const secret of [KEY, body.access_token, body.refresh_token, body.id_token]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(stored).not.toContain(secret);
    }
  });

  it("is not kept of a poll without a key", async () => {
    const { deviceCode, userCode } = await approvedGrant(service);
    await pollGrant(service, deviceCode);

    expect(await stateOf(userCode)).toMatchObject({
      is: "redeemed",
      redemption: { retryKey: null, sealedAnswer: null },
    });
  });
});

it.each<[string, string]>([
  ["is empty", ""],
  ["has a space", "two words"],
  ["is too long", "a".repeat(256)],
])("a key that %s is refused, and spends nothing", async (_, key) => {
  const { deviceCode } = await approvedGrant(service);

  const broken = await pollGrant(service, deviceCode, {}, { "idempotency-key": key });

  expect(heard(broken)).toBe("400 invalid_request");
  expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
});
