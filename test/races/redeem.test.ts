import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it, vi, afterEach } from "vitest";
import { registerClients } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

beforeAll(registerClients);
afterEach(() => void vi.useRealTimers());

describe("redeeming a device grant", () => {
  it("gives tokens to exactly one of 50 parallel polls", async () => {
    const service = startService();
    const { accessToken } = await signedIn(service);
    const device = await startedDevice(service);
    await decide(service, accessToken, { userCode: device.userCode });

    const answers = await Promise.all(
      Array.from({ length: 50 }, () => poll(service, device.deviceCode)),
    );

    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(49).fill(400)]);
    const codes = new Set(answers.filter((a) => a.status === 400).map((a) => a.body.error.code));
    expect([...codes]).toEqual(["invalid_grant"]);
  });
  it("time", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    const service = startService();
    const device = await startedDevice(service);
    expect((await poll(service, device.deviceCode)).body.error.code).toBe("authorization_pending");
    expect((await poll(service, device.deviceCode)).body.error.code).toBe("slow_down");
    vi.setSystemTime(Date.now() + 9500);
    expect((await poll(service, device.deviceCode)).body.error.code).toBe("authorization_pending");
    vi.setSystemTime(Date.now() + 900_000);
    expect((await poll(service, device.deviceCode)).body.error.code).toBe("expired_token");
    vi.setSystemTime(Date.now() + 11_000);
    expect((await poll(service, device.deviceCode)).body.error.code).toBe("invalid_grant");
    await evictDurableObject(env.DEVICE_GRANT.get(env.DEVICE_GRANT.idFromName("x")));
  });
});
