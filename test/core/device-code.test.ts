import { beforeAll, describe, expect, it } from "vitest";
import {
  type DeviceCode,
  openDeviceCode,
  readDeviceCode,
  sealDeviceCode,
} from "../../src/core/device/device-code.ts";
import { drawUserCode } from "../../src/core/device/user-code.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { randomness } from "../../src/crypto/randomness.ts";
import { createSealer } from "../../src/crypto/sealed-token.ts";
import { CHALLENGE } from "../support/authorization.ts";
import { chiSquared, chiSquaredBound } from "../support/chi-squared.ts";
import { registerClients } from "../support/clients.ts";
import { startedDevice } from "../support/devices.ts";
import { contextFor } from "../support/oauth.ts";
import { startService } from "../support/service.ts";
import { everyOtherCharacter } from "../support/tampering.ts";

const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const SECRET = "a-master-secret-that-is-long-enough";
const OTHER_SECRET = "another-master-secret-of-good-length";

const sealer = createSealer({ current: SECRET, previous: null });
const grant: DeviceCode = {
  tenantId: DEFAULT_TENANT_ID,
  userCode: "BCDF-GHJK",
  grantId: "00112233445566778899aabbccddeeff",
  expiresAt: new Date(1_800_000_000_000),
  contract: "oauth",
  challenge: null,
  resources: [],
};

beforeAll(registerClients);

describe("a device code", () => {
  it("leads back to its grant, and says by which contract it was started", async () => {
    expect(await openDeviceCode(sealer, await sealDeviceCode(sealer, grant))).toEqual(grant);
  });

  it("says which challenge its verifier has to prove", async () => {
    const bound = { ...grant, challenge: CHALLENGE };
    expect(await openDeviceCode(sealer, await sealDeviceCode(sealer, bound))).toEqual(bound);
  });

  it("says what its tokens may be for, with a challenge and without", async () => {
    for (const challenge of [null, CHALLENGE]) {
      const told = { ...grant, challenge, resources: ["https://a.example", "urn:b"] };
      expect(await openDeviceCode(sealer, await sealDeviceCode(sealer, told))).toEqual(told);
    }
  });

  it("is another every time, for one and the same grant", async () => {
    const codes = await Promise.all(
      Array.from({ length: 100 }, () => sealDeviceCode(sealer, grant)),
    );
    expect(new Set(codes).size).toBe(100);
  });

  it("shows nothing of what it holds", async () => {
    const bytes = Uint8Array.fromBase64(await sealDeviceCode(sealer, grant), {
      alphabet: "base64url",
      lastChunkHandling: "loose",
    });
    const shown = String.fromCharCode(...bytes);
    const { tenantId, userCode, grantId, contract } = grant;
    for (const part of [tenantId, userCode, grantId, contract, "BCDF", "0011"]) {
      expect(shown).not.toContain(part);
    }
  });

  it("is taken by the tenant and the contract that it was issued through alone", async () => {
    const context = { ...contextFor(startService()), sealer };
    const live = { ...grant, expiresAt: new Date(Date.now() + 60_000) };
    const code = await sealDeviceCode(sealer, live);
    const { terms } = context;

    expect(await readDeviceCode(context, code)).toEqual(live);
    const elsewhere = [
      { ...context, tenantId: crypto.randomUUID() },
      { ...context, terms: { ...terms, contract: "planasonix" } },
    ];
    for (const other of elsewhere) {
      expect(await readDeviceCode(other, code)).toBeNull();
    }
  });

  it("is not read when any one of its characters is another", async () => {
    const code = await sealDeviceCode(sealer, grant);
    const opened = await Promise.all(
      everyOtherCharacter(code).map((altered) => openDeviceCode(sealer, altered)),
    );
    expect(opened.length).toBe(code.length * 2);
    expect(opened.filter((found) => found !== null)).toEqual([]);
  });

  it("is not read under another master secret", async () => {
    const stranger = createSealer({ current: OTHER_SECRET, previous: null });
    expect(await openDeviceCode(stranger, await sealDeviceCode(sealer, grant))).toBeNull();
  });

  it.each(["", "BCDF-GHJK", "BCDFGHJK", grant.grantId, "A".repeat(150), "null", "ü"])(
    "is not anything that was not sealed here: %j",
    async (presented) => {
      expect(await openDeviceCode(sealer, presented)).toBeNull();
    },
  );

  it.each([
    "",
    "one",
    "one two",
    "one two three",
    "one two three ",
    "one two  four",
    "one  three four",
    " two three four",
  ])("is not anything that was sealed here without naming a grant: %j", async (content) => {
    expect(await openDeviceCode(sealer, await sealer.seal("device-code", content))).toBeNull();
  });
});

describe("DEV-05: 1,000 device codes", () => {
  let codes: string[];

  beforeAll(async () => {
    codes = await Promise.all(
      Array.from({ length: 1_000 }, () =>
        sealDeviceCode(sealer, {
          ...grant,
          userCode: drawUserCode(randomness),
          grantId: randomness.bytes(16).toHex(),
        }),
      ),
    );
  });

  it("are all different", () => {
    expect(new Set(codes).size).toBe(1_000);
  });

  it("are of characters that need no escaping, long enough for 128 bits and all of one length", () => {
    expect(codes.filter((code) => !/^[\w-]{22,}$/.test(code))).toEqual([]);
    expect(new Set(codes.map(({ length }) => length)).size).toBe(1);
  });

  it("have no structure: at every position every character is as likely", () => {
    const length = codes[0]?.length ?? 0;
    // The last character holds what is left of the bits, so not all 64 can stand there.
    const uneven = Array.from({ length: length - 1 }, (_, position) => position).filter(
      (position) =>
        chiSquared(
          codes.map((code) => code.charAt(position)),
          BASE64URL,
        ) > chiSquaredBound(BASE64URL),
    );
    expect(uneven).toEqual([]);
  });

  it("share no beginning: no two have more than eight characters in common", () => {
    const beginnings = new Set(codes.map((code) => code.slice(0, 9)));
    expect(beginnings.size).toBe(1_000);
  });
});

it("DEV-05: a device code that is handed out names a grant by 128 random bits", async () => {
  const service = startService();
  const started = await Promise.all(Array.from({ length: 20 }, () => startedDevice(service)));
  const opened = await Promise.all(
    started.map(({ deviceCode }) => openDeviceCode(service.ports.sealer, deviceCode)),
  );

  expect(opened.map((found) => found?.userCode)).toEqual(started.map(({ userCode }) => userCode));
  const ids = opened.map((found) => found?.grantId ?? "");
  expect(ids.filter((id) => !/^[0-9a-f]{32}$/.test(id))).toEqual([]);
  // No digit stands at the same place in all 20 but by a chance of 16^-19.
  for (let place = 0; place < 32; place++) {
    expect(new Set(ids.map((id) => id.charAt(place))).size).toBeGreaterThan(1);
  }
});
