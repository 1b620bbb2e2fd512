import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLI, registerClients, TV } from "../../support/clients.ts";
import { stopClock } from "../../support/clock.ts";
import { poll, startedDevice } from "../../support/devices.ts";
import { roomInMinute, withinMinute } from "../../support/fence-minute.ts";
import { registered, signedIn, somebody } from "../../support/people.ts";
import { seen } from "../../support/seen.ts";
import { type Answer, startService } from "../../support/service.ts";
import { comeBack, refusal } from "./refusal.ts";

const NOBODY = "A".repeat(43);

beforeAll(registerClients);

beforeEach(roomInMinute);

/** How many of the same attempt are let through in a minute before one is refused; past 400, none is. */
function letThrough(attempt: () => Promise<Answer<unknown>>): Promise<number> {
  return withinMinute(async () => {
    for (let count = 0; count < 400; count++) {
      if ((await attempt()).status === 429) {
        return count;
      }
    }
    return Number.POSITIVE_INFINITY;
  });
}

describe("60 credentials a minute from one address", () => {
  it("are all that is looked at, whatever row they are sent to", async () => {
    const service = startService();
    const { email, password, name } = await registered(startService());
    const token = NOBODY;
    const verify = () => service.ask("/api/verify-email", { body: { token } });
    expect(await letThrough(verify)).toBe(60);

    stopClock();
    for (const [path, body] of Object.entries({
      "/api/login": { email, password },
      "/api/register": { ...somebody(), name },
      "/api/forgot-password": { email },
      "/api/reset-password": { token, password },
      "/api/verify-email": { token },
    })) {
      expect(seen(await service.ask(path, { body }))).toEqual(
        refusal(429, "rate_limited", "Too many attempts. Try again later.", {
          headers: comeBack({ limit: 60, inSeconds: 60 }),
        }),
      );
    }
  });

  it("leave other addresses and live sessions alone", async () => {
    const service = startService();
    const { refreshToken } = await signedIn(service);
    await letThrough(() => service.ask("/api/verify-email", { body: { token: NOBODY } }));

    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });

    expect(refreshed.status).toBe(200);
    expect((await signedIn(startService())).tokenType).toBe("Bearer");
  });
});

describe("DEV-21: 20 device starts a minute from one address", () => {
  const start = (service: ReturnType<typeof startService>, clientId: string) =>
    service.ask("/api/v2/auth/device", { body: { clientId } });

  it("are all that one client gets", async () => {
    const service = startService();
    expect(await letThrough(() => start(service, TV))).toBe(20);

    stopClock();
    expect(seen(await start(service, TV))).toEqual(
      refusal(429, "rate_limited", "Too many attempts. Try again later.", {
        headers: comeBack({ limit: 20, inSeconds: 60 }),
      }),
    );
    expect((await start(service, CLI)).status).toBe(200);
    expect((await start(startService(), TV)).status).toBe(200);
  });

  it("are all that clients nobody knows get together", async () => {
    const service = startService();
    let number = 0;

    expect(await letThrough(() => start(service, `nobody-${number++}`))).toBe(20);
  });
});

describe("300 polls a minute of one device", () => {
  it("are all that is looked at, and the answer tells it to slow down", async () => {
    const service = startService();
    const { deviceCode } = await startedDevice(service);
    expect(await letThrough(() => poll(service, deviceCode))).toBe(300);

    stopClock();
    expect(seen(await poll(service, deviceCode))).toEqual(
      refusal(429, "slow_down", "Too many polls with this code. Slow down.", {
        headers: comeBack({ limit: 300, inSeconds: 60 }),
      }),
    );
    expect((await poll(startService(), deviceCode)).status).toBe(429);
  });

  it("leave the other devices of the house alone", async () => {
    const service = startService();
    const [flooding, calm] = [await startedDevice(service), await startedDevice(service)];
    await letThrough(() => poll(service, flooding.deviceCode));

    expect((await poll(service, calm.deviceCode)).body.error.code).toBe("authorization_pending");
  });
});

describe("3,000 polls and refreshes a minute from one address", () => {
  const full = { RETURN_FENCE: { limit: async () => ({ success: false }) } };

  it("are all that is looked at, of however many devices and sessions", async () => {
    const { deviceCode } = await startedDevice(startService());
    const { refreshToken } = await signedIn(startService());
    const service = startService(full);

    stopClock();
    const headers = comeBack({ limit: 3000, inSeconds: 60 });
    expect(seen(await poll(service, deviceCode))).toEqual(
      refusal(429, "slow_down", "Too many polls with this code. Slow down.", { headers }),
    );
    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(seen(refreshed)).toEqual(
      refusal(429, "rate_limited", "Too many attempts. Try again later.", { headers }),
    );
  });
});

describe("480 credentials a minute from one /48", () => {
  it("are all that is looked at, of however many senders, and are what a refusal tells", async () => {
    const service = startService({
      CREDENTIAL_SITE_FENCE: { limit: async () => ({ success: false }) },
    });
    stopClock();
    const signIn = (address: string) => service.ask("/api/login", { body: somebody(), address });

    expect(seen(await signIn("2001:db8:a:1::1"))).toEqual(
      refusal(429, "rate_limited", "Too many attempts. Try again later.", {
        headers: comeBack({ limit: 480, inSeconds: 60 }),
      }),
    );
    expect((await signIn("203.0.113.7")).status).toBe(401);
  });
});

describe("300 refreshes a minute of one session", () => {
  it("are all that is looked at, from wherever they come", async () => {
    const { refreshToken } = await signedIn(startService());
    const refresh = (token: string) =>
      startService().ask("/api/auth/refresh", { body: { refreshToken: token } });
    expect(await letThrough(() => refresh(refreshToken))).toBe(300);

    const other = await signedIn(startService());
    expect((await refresh(other.refreshToken)).status).toBe(200);
  });
});
