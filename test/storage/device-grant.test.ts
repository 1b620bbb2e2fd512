import {
  evictAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Client } from "../../src/core/client/client.ts";
import { openDeviceCode } from "../../src/core/device/device-code.ts";
import type { DeviceGrant, GrantState } from "../../src/core/device/device-grant.ts";
import {
  announceDeviceGrant,
  type StartedDeviceGrant,
} from "../../src/core/device/start-device-grant.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { registerClients, TV } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { codeEntryObject, grantObject } from "../support/durable.ts";
import { contextFor } from "../support/oauth.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService } from "../support/service.ts";

const service = startPostOffice();
const KEY = "a".repeat(43);
const OTHER_KEY = `${KEY.slice(1)}b`;

beforeAll(registerClients);
afterEach(() => {
  vi.useRealTimers();
});

describe("evicting the grant's object between any two steps", () => {
  it("loses nothing of an approved flow but the pace mark", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    const evict = () => evictDurableObject(grantObject(userCode));

    await evict();
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
    expect((await poll(service, deviceCode)).body.error.code).toBe("slow_down");
    await evict();
    expect((await poll(service, deviceCode)).body.error.code).toBe("authorization_pending");
    await evict();
    expect((await decide(service, accessToken, { userCode })).status).toBe(200);
    await evict();
    expect((await decide(service, accessToken, { userCode })).status).toBe(409);
    await evict();
    expect((await poll(service, deviceCode)).status).toBe(200);
    await evict();
    expect((await poll(service, deviceCode)).body.error.code).toBe("invalid_grant");
  });

  it("keeps a denial final", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode, approve: false });

    for (let time = 0; time < 2; time++) {
      await evictDurableObject(grantObject(userCode));
      expect((await poll(service, deviceCode)).body.error.code).toBe("access_denied");
    }
  });

  it("keeps wrong user codes counted", async () => {
    const fresh = startService();
    const { accessToken } = await signedIn(fresh);
    const { userCode } = await startedDevice(fresh);
    for (const last of ["B", "C", "D", "F", "G"]) {
      await decide(fresh, accessToken, { userCode: `QQQQ-QQQ${last}` });
      await evictDurableObject(codeEntryObject());
    }

    expect((await decide(fresh, accessToken, { userCode })).status).toBe(429);
  });

  it("keeps wrong passwords counted", async () => {
    const fresh = startService();
    const { person } = await signedIn(fresh);
    const attempt = (password: string) =>
      fresh.ask("/api/login", { body: { email: person.email, password } });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    for (let failure = 0; failure < 10; failure++) {
      expect((await attempt("not the right one")).status).toBe(401);
      await evictAllDurableObjects();
    }

    expect((await attempt(person.password)).status).toBe(429);
  });
});

describe("a grant that was started before clients could demand a place", () => {
  it("demands none", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode } = await startedDevice(service);
    await runInDurableObject(grantObject(userCode), (_, { storage }) => {
      storage.kv.put("grant", { ...storage.kv.get<DeviceGrant>("grant"), samePlace: undefined });
    });

    expect((await decide(service, accessToken, { userCode })).status).toBe(200);
  });
});

describe("redeeming", () => {
  it("opens one session when it crashed between storing the session and marking the grant", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });
    const decided = await runInDurableObject(
      grantObject(userCode),
      (_, { storage }) => storage.kv.get<GrantState>("state") as GrantState,
    );
    const first = await poll(service, deviceCode);
    await runInDurableObject(grantObject(userCode), (_, { storage }) => {
      storage.kv.put("state", decided);
    });

    const again = await poll(service, deviceCode);

    expect(again.status).toBe(200);
    expect(sessionOf(again.body.accessToken)).toBe(sessionOf(first.body.accessToken));
    const { count } = (await env.DB.prepare("SELECT count(*) AS count FROM sessions WHERE id = ?")
      .bind(sessionOf(first.body.accessToken))
      .first<{ count: number }>()) ?? { count: 0 };
    expect(count).toBe(1);
  });

  it("leaves the grant redeemable when the database fails, and a later poll gets the tokens", async () => {
    const { accessToken } = await signedIn(service);
    const { userCode, deviceCode } = await startedDevice(service);
    await decide(service, accessToken, { userCode });
    const database = Object.getPrototypeOf(env.DB);
    const failing = vi.spyOn(database, "batch").mockRejectedValueOnce(new Error("D1 is down"));

    const during = await poll(service, deviceCode);
    failing.mockRestore();

    expect(during.status).toBe(503);
    expect((await poll(service, deviceCode)).status).toBe(200);
  });
});

describe("redeeming under a key", () => {
  it("hands out the same session again when it broke off before its answer was kept", async () => {
    const { poll: redeem } = await approvedLocator();

    const first = await redeem(KEY);
    const again = await redeem(KEY);

    expect(first.answer).toBe("redeemed");
    expect(again).toEqual(first);
    expect(first).toEqual({
      answer: "redeemed",
      caller: { session: expect.anything(), account: expect.anything() },
    });
    expect((await redeem(OTHER_KEY)).answer).toBe("invalid_grant");
    expect((await redeem(null)).answer).toBe("invalid_grant");
  });

  it("hands out nothing again of a session that has ended since", async () => {
    const { poll: redeem } = await approvedLocator();
    const first = await redeem(KEY);
    if (first.answer !== "redeemed") {
      throw new Error(`redeeming answered ${first.answer}`);
    }
    const { account, session } = first.caller;
    const ending = { accountId: account.id, sessionId: session.id };
    await service.ports.sessions.end(ending, new Date());

    expect((await redeem(KEY)).answer).toBe("invalid_grant");
  });

  it("keeps the first answer, and says to every later one which that is", async () => {
    const { locator, poll: redeem } = await approvedLocator();
    const keep = (retryKey: string, sealedAnswer: string) =>
      service.ports.deviceGrants.keepAnswer(locator, { retryKey, sealedAnswer });
    await redeem(KEY);

    expect(await keep(KEY, "the first")).toBe("the first");
    expect(await keep(KEY, "the second")).toBe("the first");
    await evictDurableObject(grantObject(locator.userCode));
    expect(await redeem(KEY)).toEqual({ answer: "kept", sealedAnswer: "the first" });
  });

  it("keeps no answer to a poll that did not redeem", async () => {
    const { locator, poll: redeem } = await approvedLocator();
    const keep = (grantId: string, retryKey: string) =>
      service.ports.deviceGrants.keepAnswer(
        { ...locator, grantId },
        { retryKey, sealedAnswer: "mine" },
      );

    expect(await keep(locator.grantId, KEY)).toBeNull();
    await redeem(KEY);
    expect(await keep(locator.grantId, OTHER_KEY)).toBeNull();
    expect(await keep("f".repeat(32), KEY)).toBeNull();
    expect((await redeem(KEY)).answer).toBe("redeemed");
  });

  it("keeps no answer of a poll that named no key", async () => {
    const { locator, poll: redeem } = await approvedLocator();
    await redeem(null);

    const kept = { retryKey: KEY, sealedAnswer: "mine" };
    expect(await service.ports.deviceGrants.keepAnswer(locator, kept)).toBeNull();
  });
});

describe("DEV-06: a user code that is drawn again while its grant lives", () => {
  const draw = () => crypto.getRandomValues(new Uint8Array(16)).map((byte) => byte % 240);

  /** Starts a device for which these are drawn, one after the other. */
  async function startDrawing(...codes: Uint8Array[]) {
    const context = contextFor(service);
    const { randomness, clients } = context;
    const client = (await clients.find(DEFAULT_TENANT_ID, TV)) as Client;
    let asked = 0;
    // For each try an id is asked for, then a code.
    const bytes = (count: number) =>
      asked++ % 2 === 1 ? (codes.shift() ?? draw()) : randomness.bytes(count);
    return announceDeviceGrant({ ...context, randomness: { ...randomness, bytes } }, client, {
      ...{ scopes: [], resources: [], challenge: null },
    });
  }

  /** Whether what its user code leads to is the grant that its device code names. */
  async function leadsToItself({ userCode, deviceCode }: StartedDeviceGrant) {
    const found = await grantObject(userCode).describe();
    const named = await openDeviceCode(service.ports.sealer, deviceCode);
    return found.is === "pending" && found.grant.id === named?.grantId;
  }

  it("is passed over for another: both devices wait, each under its own", async () => {
    const [taken, free] = [draw(), draw()];

    const first = await startDrawing(taken);
    const second = await startDrawing(taken, taken, free);

    expect(second.userCode).not.toBe(first.userCode);
    expect([await leadsToItself(first), await leadsToItself(second)]).toEqual([true, true]);
  });

  it("starts nothing when no draw finds another", async () => {
    const taken = draw();
    await startDrawing(taken);

    await expect(startDrawing(...Array(5).fill(taken))).rejects.toThrow(/taken/);
  });

  it.each(["nobody had decided", "somebody had denied"])(
    "is given out again once that grant is over, of which %s, and waits anew",
    async (fate) => {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
      const taken = draw();
      const { userCode } = await startDrawing(taken);
      if (fate === "somebody had denied") {
        await grantObject(userCode).decide({ approved: false }, "an account");
      }

      vi.setSystemTime(Date.now() + 911_000);
      const next = await startDrawing(taken);

      expect(next.userCode).toBe(userCode);
      expect(await leadsToItself(next)).toBe(true);
    },
  );
});

describe("a grant that is over", () => {
  it("REL-08: leaves nothing in storage after its alarm", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { userCode, deviceCode } = await startedDevice(service);
    vi.setSystemTime(Date.now() + 911_000);

    expect(await runDurableObjectAlarm(grantObject(userCode))).toBe(true);

    const left = await runInDurableObject(grantObject(userCode), async (_, { storage }) => [
      ...storage.kv.list(),
    ]);
    expect(left).toEqual([]);
    expect((await poll(service, deviceCode)).body.error.code).toBe("invalid_grant");
  });

  it("gives its user code free, and an old device code does not open the new grant", async () => {
    const { userCode, deviceCode } = await startedDevice(service);
    const grant = await runInDurableObject(grantObject(userCode), (_, { storage }) =>
      storage.kv.get<Parameters<ReturnType<typeof grantObject>["start"]>[0]>("grant"),
    );
    if (!grant) {
      throw new Error("the grant is not there");
    }
    const successor = { ...grant, id: "f".repeat(32) };
    expect(await grantObject(userCode).start(successor)).toBe(false);

    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 911_000 });
    const later = { ...successor, expiresAt: new Date(Date.now() + 900_000) };
    expect(await grantObject(userCode).start(later)).toBe(true);

    expect((await poll(service, deviceCode)).body.error.code).toBe("invalid_grant");
  });

  it("does not let its sockets hear of the grant that follows", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const { userCode, deviceCode } = await startedDevice(service);
    const locator = await openDeviceCode(service.ports.sealer, deviceCode);
    const socket = locator && (await service.ports.deviceGrants.watch(locator));
    if (!socket || socket === "too many") {
      throw new Error("no socket");
    }
    const closed = new Promise<number>((resolve) => {
      socket.addEventListener("close", ({ code }) => resolve(code));
    });
    socket.accept();
    const grant = await runInDurableObject(grantObject(userCode), (_, { storage }) =>
      storage.kv.get<DeviceGrant>("grant"),
    );
    if (!grant) {
      throw new Error("the grant is not there");
    }
    vi.setSystemTime(Date.now() + 911_000);

    await grantObject(userCode).start({
      ...grant,
      id: "f".repeat(32),
      expiresAt: new Date(Date.now() + 900_000),
    });

    expect(await closed).toBe(1001);
  });
});

/** An approved grant, and how its device polls it. */
async function approvedLocator() {
  const { accessToken } = await signedIn(service);
  const { userCode, deviceCode } = await startedDevice(service);
  await decide(service, accessToken, { userCode });
  const locator = await openDeviceCode(service.ports.sealer, deviceCode);
  if (!locator) {
    throw new Error("the device code does not open");
  }
  return {
    locator,
    poll: (retryKey: string | null) =>
      service.ports.deviceGrants.poll(locator, { clientId: TV, retryKey, waitSeconds: 0 }),
  };
}

function sessionOf(accessToken: string): string {
  const [, payload = ""] = accessToken.split(".");
  return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))).sid;
}
