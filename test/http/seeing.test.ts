import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { BLOBS, type DataPoint, DOUBLES } from "../../src/http/served.ts";
import { alterAccount } from "../support/alter-account.ts";
import { createdKey } from "../support/api-keys.ts";
import { registerClients } from "../support/clients.ts";
import { stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { logLines } from "../support/log-lines.ts";
import { askToken, codeFor, redemption, tokensIn } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedInOnPage } from "../support/page-session.ts";
import { registered, signedIn, somebody } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";
import { randomAddress, startService } from "../support/service.ts";

const service = startPostOffice();

beforeAll(registerClients);
beforeAll(registerOAuthClients);
// What the isolate remembers for a minute, it remembers to the end of a test.
beforeEach(stopClock);

const profile = (accessToken: string, address = randomAddress()) =>
  service.ask("/api/user/profile", { method: "GET", bearer: accessToken, address });

describe("the line of a request tells what was asked of the stores", () => {
  /** What a line and the platform itself counted while something was asked. */
  async function counted(ask: () => Promise<unknown>) {
    const log = logLines();
    const { d1, durableObjects } = await countCalls(ask);
    const [line] = log.parsed() as { stores: Record<string, { calls: number }> }[];
    const told = [line?.stores["d1"]?.calls ?? 0, line?.stores["durable_objects"]?.calls ?? 0];
    return { told, counted: [d1, durableObjects] };
  }

  it.each([
    [
      "a sign-in",
      [2, 2],
      async () => {
        const { email, password } = (await signedIn(service)).person;
        return () => service.ask("/api/login", { body: { email, password } });
      },
    ],
    [
      "a refresh",
      [1, 0],
      async () => {
        const { refreshToken } = await signedIn(service);
        return () => service.ask("/api/auth/refresh", { body: { refreshToken } });
      },
    ],
    [
      "a profile",
      [1, 0],
      async () => {
        const { accessToken } = await signedIn(service);
        return () => profile(accessToken);
      },
    ],
    [
      "a poll",
      [0, 1],
      async () => {
        const { deviceCode } = await startedDevice(service);
        return () => poll(service, deviceCode);
      },
    ],
    [
      "the keys, which the isolate remembers",
      [0, 0],
      async () => {
        const ask = () => service.ask("/.well-known/jwks.json", { method: "GET" });
        await ask();
        return ask;
      },
    ],
  ] as const)("%s", async (_, calls, prepare) => {
    const ask = await prepare();
    expect(await counted(ask)).toEqual({ told: calls, counted: calls });
  });

  it("and nothing of what others asked at the same time", async () => {
    const { accessToken } = await signedIn(service);
    const log = logLines();

    await Promise.all(Array.from({ length: 10 }, () => profile(accessToken)));

    const lines = log.parsed() as { stores: Record<string, { calls: number }> }[];
    expect(lines.map(({ stores }) => stores["d1"]?.calls)).toEqual(Array(10).fill(1));
  });
});

describe("Server-Timing", () => {
  const TIMING = /^total;dur=\d+, d1;dur=\d+;desc="1 calls"$/;

  it.each(["admin", "superadmin"] as const)("is shown to an %s", async (role) => {
    const { person, accessToken } = await signedIn(service);
    await alterAccount(person, { role });

    expect((await profile(accessToken)).headers.get("server-timing")).toMatch(TIMING);
  });

  it("is shown to an administrator on a page", async () => {
    const person = await registered(service);
    await alterAccount(person, { role: "admin" });
    const { cookie } = await signedInOnPage(service, person);

    const page = await service.ask("/account", { method: "GET", headers: { cookie } });
    expect(page.headers.get("server-timing")).toMatch(/^total;dur=\d+, d1;dur=/);
  });

  it("is shown to nobody else", async () => {
    const { person, accessToken } = await signedIn(service);
    const { cookie } = await signedInOnPage(service, person);

    const answers = await Promise.all([
      profile(accessToken),
      profile("not.a.token"),
      service.ask("/account", { method: "GET", headers: { cookie } }),
      service.ask("/api/login", { body: person }),
    ]);
    expect(answers.map(({ headers }) => headers.get("server-timing"))).toEqual(
      answers.map(() => null),
    );
  });

  it("is not shown to what an administrator gave a key or a token to", async () => {
    const { person, accessToken } = await signedIn(service);
    const { key } = await createdKey(service, accessToken);
    const redeemed = await askToken(service, redemption(await codeFor(service, accessToken)));
    await alterAccount(person, { role: "admin" });

    const answers = [await profile(key), await profile(tokensIn(redeemed).access_token)];
    expect(answers.map(({ headers }) => headers.get("server-timing"))).toEqual([null, null]);
  });
});

describe("where a data set is bound, a request leaves a point", () => {
  function watched() {
    const points: DataPoint[] = [];
    const ANALYTICS = { writeDataPoint: (point: DataPoint) => points.push(point) };
    return { points, service: startService({ ANALYTICS }) };
  }

  it("with the names and numbers of its line, by their places", async () => {
    const { points, service: measured } = watched();
    await measured.ask("/api/login?next=/secret", {
      body: { email: "robin@meadow.example", password: "wrong otter" },
      place: { country: "AT", city: "Vienna" },
    });

    const [point] = points;
    const blobs = BLOBS.map((name, place) => [name, point?.blobs?.[place]]);
    expect(points).toHaveLength(1);
    expect(point?.indexes).toEqual([DEFAULT_TENANT_ID]);
    expect(Object.fromEntries(blobs)).toEqual({
      route: "/api/login",
      method: "POST",
      status: "401",
      contract: "planasonix",
      operation: "startSignIn",
      outcome: "refused",
      reason: "invalid_credentials",
      country: "AT",
    });
    expect(point?.doubles).toHaveLength(DOUBLES.length);
    expect(point?.doubles?.[DOUBLES.indexOf("durable_objects_calls")]).toBe(1);
    expect(JSON.stringify(point)).not.toMatch(/robin|otter|secret|Vienna/);
  });

  it("within what the platform takes: 20 of each and 16 KB", async () => {
    const { points, service: measured } = watched();
    await measured.ask(`/${"x".repeat(4000)}`, { method: "GET" });

    expect(BLOBS.length).toBeLessThanOrEqual(20);
    expect(DOUBLES.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(points[0]?.blobs).length).toBeLessThan(1000);
  });
});

describe("LOG_ONE_IN", () => {
  const sampled = startService({ LOG_ONE_IN: "50" });
  const health = () => sampled.ask("/health", { method: "GET" });

  it("of requests that go well, leaves a line of one in so many, which says so", async () => {
    const random = vi.spyOn(Math, "random");
    onTestFinished(() => random.mockRestore());
    const log = logLines();

    random.mockReturnValue(1 / 50);
    await health();
    expect(log.parsed()).toEqual([]);
    random.mockReturnValue(1 / 50 - 1e-9);
    await health();
    expect(log.parsed()).toMatchObject([{ outcome: "ok", one_in: 50 }]);
  });

  it("counts among them what a device is told that has to wait", async () => {
    const { deviceCode } = await startedDevice(sampled);
    const random = vi.spyOn(Math, "random").mockReturnValue(0.999);
    onTestFinished(() => random.mockRestore());
    const log = logLines();

    await poll(sampled, deviceCode);
    expect(log.parsed()).toEqual([]);
  });

  it("leaves the line of every other, unmarked: it stands for itself alone", async () => {
    const random = vi.spyOn(Math, "random").mockReturnValue(0.999);
    onTestFinished(() => random.mockRestore());
    const log = logLines();

    await sampled.ask("/api/login", { body: somebody() });
    await sampled.ask("/api/no-such-path", { method: "GET" });
    const refused = { outcome: "refused", one_in: undefined };
    expect(log.parsed().map(({ outcome, one_in }) => ({ outcome, one_in }))).toEqual([
      refused,
      refused,
    ]);
  });
});
