import { env } from "cloudflare:workers";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { drawKey } from "../../src/core/key/key-format.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { disableAccount } from "../support/disabled.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { newTenant } from "../support/tenants.ts";
import { launcherAt, serviceKey, superadmin } from "../surfaces/lnchr/launcher.ts";
import { auth } from "./entrypoint.ts";

const service = startPostOffice();
const FIVE_MINUTES = 300;
const HOUR = 3_600;
const NOTHING = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };

describe("verifyKey says of a good key", () => {
  it("whose an API key is, what it may do and until when", async () => {
    const expires_at = new Date((Math.floor(Date.now() / 1000) + HOUR) * 1000).toISOString();
    const { key, id, accountId } = await apiKey({ scopes: ["profile:read"], expires_at });

    expect(await auth().verifyKey(key)).toEqual({
      keyId: id,
      kind: "api",
      accountId,
      tenantId: "00000000-0000-7000-8000-000000000000",
      scopes: ["profile:read"],
      roles: ["user"],
      expiresAt: Date.parse(expires_at) / 1000,
    });
  });

  it("that a service key is its tenant's, and has no role of who made it", async () => {
    const launcher = launcherAt(await newTenant());
    const maker = await superadmin(launcher);
    const { key, id } = await serviceKey(launcher, maker.token);

    expect(await auth({ tenant: launcher.slug ?? "" }).verifyKey(key)).toEqual({
      keyId: id,
      kind: "service",
      accountId: maker.userId,
      tenantId: launcher.tenantId,
      scopes: [],
      roles: [],
      expiresAt: null,
    });
  });

  it("that a service key is good whatever its maker may or has to do", async () => {
    const { key, id, maker, verifyKey } = await launcherKey();
    await alterAccount(maker, { role: "user", mustResetPassword: true });

    expect(await verifyKey(key)).toMatchObject({ keyId: id, kind: "service" });
  });
});

describe("verifyKey takes no key", () => {
  it("that is deleted, from the next call on", async () => {
    const { key, id, bearer } = await apiKey();
    expect(await auth().verifyKey(key)).not.toBeNull();

    await service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer });

    expect(await auth().verifyKey(key)).toBeNull();
  });

  it("that has expired", async () => {
    stopClock();
    const { key } = await apiKey({ expires_at: new Date(Date.now() + HOUR * 1000).toISOString() });
    passSeconds(HOUR - 1);
    expect(await auth().verifyKey(key)).not.toBeNull();

    passSeconds(1);

    expect(await auth().verifyKey(key)).toBeNull();
  });

  it("of another tenant", async () => {
    const launcher = launcherAt(await newTenant());
    const { token } = await superadmin(launcher);
    const { key } = await serviceKey(launcher, token);
    const { slug } = await newTenant();

    expect(await auth().verifyKey(key)).toBeNull();
    expect(await auth({ tenant: slug ?? "" }).verifyKey(key)).toBeNull();
  });

  it("whose account is disabled", async () => {
    const { key, person } = await apiKey();
    await disableAccount(person.email);

    expect(await auth().verifyKey(key)).toBeNull();
  });

  it("of a service whose maker is disabled, and takes it again once they are not", async () => {
    const { key, maker, verifyKey } = await launcherKey();
    await disableAccount(maker.email);
    expect(await verifyKey(key)).toBeNull();

    await alterAccount(maker, { disabledAt: null });

    expect(await verifyKey(key)).not.toBeNull();
  });

  it("whose account has to change its password first", async () => {
    const { key, person } = await apiKey();
    await alterAccount(person, { mustResetPassword: true });

    expect(await auth().verifyKey(key)).toBeNull();
  });

  it("that nobody was given, though it is well made", async () => {
    const { key, id, bearer } = await apiKey();
    await service.ask(`/api/user/api-keys/${id}`, { method: "DELETE", bearer });

    expect(await countCalls(() => auth().verifyKey(key))).toEqual({ ...NOTHING, d1: 1 });
  });

  it("whose checksum is wrong, without a look into the store", async () => {
    const { key } = await apiKey();
    const mistyped = key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");

    const calls = await countCalls(async () => {
      expect(await auth().verifyKey(mistyped)).toBeNull();
    });

    expect(calls).toEqual(NOTHING);
  });

  it("longer than any there is, however well made, without a look into the store", async () => {
    const endless = drawKey(service.ports.randomness, `${"x".repeat(8192)}_`);

    const calls = await countCalls(async () => {
      expect(await auth().verifyKey(endless)).toBeNull();
    });

    expect(calls).toEqual(NOTHING);
  });

  it("that is an access token", async () => {
    const { accessToken } = await signedIn(service);

    expect(await auth().verifyKey(accessToken)).toBeNull();
  });
});

it("verifyKey writes down that a key was used, once in five minutes at most", async () => {
  stopClock();
  const { key, id } = await apiKey();
  const verify = () => countCalls(() => auth().verifyKey(key));

  await auth().verifyKey(key);
  expect(await lastUse(id)).toBe(Date.now());
  passSeconds(FIVE_MINUTES);
  expect(await verify()).toEqual({ ...NOTHING, d1: 1 });
  expect(await lastUse(id)).toBe(Date.now() - FIVE_MINUTES * 1000);
  passSeconds(1);
  expect(await verify()).toEqual({ ...NOTHING, d1: 2 });
  expect(await lastUse(id)).toBe(Date.now());
});

it("verify says nothing of a key, and does not use it", async () => {
  const { key, id } = await apiKey();

  expect(await auth().verify(key)).toBeNull();

  expect(await lastUse(id)).toBeNull();
});

it("introspection says what a key is, and counts as using it", async () => {
  stopClock();
  const { key, id, accountId } = await apiKey();

  expect(await auth().introspect(key)).toEqual({
    active: true,
    scope: "profile:read",
    token_type: "api_key",
    iat: expect.any(Number),
    sub: accountId,
    aud: service.settings.publicUrl,
    iss: service.settings.publicUrl,
    tenant: "00000000-0000-7000-8000-000000000000",
    roles: ["user"],
  });
  expect(await lastUse(id)).toBe(Date.now());
});

/** An API key of somebody new. */
async function apiKey(wanted: { scopes?: string[]; expires_at?: string } = {}) {
  const { accessToken: bearer, person } = await signedIn(service);
  const { key, id } = await createdKey(service, bearer, wanted);
  return { key, id, bearer, person, accountId: decodeJwt(bearer).sub };
}

/** A service key of a new tenant, and who made it. */
async function launcherKey() {
  const launcher = launcherAt(await newTenant());
  const maker = await superadmin(launcher);
  const { key, id } = await serviceKey(launcher, maker.token);
  const verifyKey = (shown: string) => auth({ tenant: launcher.slug ?? "" }).verifyKey(shown);
  return { key, id, maker, verifyKey };
}

async function lastUse(keyId: string): Promise<number | null> {
  const row = await env.DB.prepare("SELECT last_used_at AS at FROM keys WHERE id = ?")
    .bind(keyId)
    .first<{ at: number | null }>();
  return row?.at ?? null;
}
