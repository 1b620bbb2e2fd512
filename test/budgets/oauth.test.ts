import { beforeAll, describe, expect, it, vi } from "vitest";
import { stopClockOfFile } from "../support/clock.ts";
import { type Calls, countCalls } from "../support/count-calls.ts";
import { decide } from "../support/devices.ts";
import { roomInMinute } from "../support/fence-minute.ts";
import {
  askToken,
  BACKEND,
  codeFor,
  DEVICE_CODE_GRANT,
  introspected,
  redemption,
  refreshed,
  revoked,
  spaTokens,
  startedGrant,
  userInfo,
} from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startPostOffice } from "../support/post-office.ts";

const NOTHING: Calls = { d1: 0, kv: 0, durableObjects: 0, hashes: 0, queue: 0 };
const service = startPostOffice();

stopClockOfFile();

const pollOf = (device_code: string) => ({
  grant_type: DEVICE_CODE_GRANT,
  client_id: "test-oauth-tv",
  device_code,
});

beforeAll(async () => {
  await registerOAuthClients();
  // From here on the isolate remembers clients and keys.
  const { access_token } = await spaTokens(service);
  await introspected(service, access_token);
  await startedGrant(service);
  await askToken(service, { grant_type: "client_credentials" }, BACKEND);
});

describe("a successful call of OAuth asks no more of the platform than its budget", () => {
  it("redeeming a code: 1 D1", async () => {
    const code = await codeFor(service, (await signedIn(service)).accessToken);

    expect(await countCalls(() => askToken(service, redemption(code)))).toEqual({
      ...NOTHING,
      d1: 1,
    });
  });

  it("refreshing: 1 D1", async () => {
    const { refresh_token } = await spaTokens(service);

    expect(await countCalls(() => refreshed(service, refresh_token))).toEqual({
      ...NOTHING,
      d1: 1,
    });
  });

  it("refreshing for less: 2 D1, as a wish that is refused costs no token", async () => {
    const { refresh_token } = await spaTokens(service);

    const calls = await countCalls(() => refreshed(service, refresh_token, { scope: "openid" }));

    expect(calls).toEqual({ ...NOTHING, d1: 2 });
  });

  it("client credentials: nothing", async () => {
    const ask = () => askToken(service, { grant_type: "client_credentials" }, BACKEND);

    expect(await countCalls(ask)).toEqual(NOTHING);
  });

  it("starting a device: 1 Durable Object", async () => {
    expect(await countCalls(() => startedGrant(service))).toEqual({
      ...NOTHING,
      durableObjects: 1,
    });
  });

  it("polling while pending: 1 Durable Object", async () => {
    const { device_code } = await startedGrant(service);

    expect(await countCalls(() => askToken(service, pollOf(device_code)))).toEqual({
      ...NOTHING,
      durableObjects: 1,
    });
  });

  it("redeeming a device's code: 1 D1, 1 Durable Object", async () => {
    const accessToken = (await signedIn(service)).accessToken;
    const { device_code, user_code } = await startedGrant(service);
    await decide(service, accessToken, { userCode: user_code });

    expect(await countCalls(() => askToken(service, pollOf(device_code)))).toEqual({
      ...NOTHING,
      d1: 1,
      durableObjects: 1,
    });
  });

  it("redeeming it so that a lost answer can be had again: 1 D1, 2 Durable Objects; again: 1", async () => {
    const accessToken = (await signedIn(service)).accessToken;
    const { device_code, user_code } = await startedGrant(service);
    await decide(service, accessToken, { userCode: user_code });
    const headers = { "idempotency-key": crypto.randomUUID() };
    const redeem = () => askToken(service, pollOf(device_code), { headers });

    expect(await countCalls(redeem)).toEqual({ ...NOTHING, d1: 1, durableObjects: 2 });
    expect(await countCalls(redeem)).toEqual({ ...NOTHING, durableObjects: 1 });
  });

  it("revoking: 2 D1, and 1 after the answer to write it down", async () => {
    const { refresh_token } = await spaTokens(service);
    const fields = { client_id: "test-spa", token: refresh_token };

    expect(await countCalls(() => revoked(service, fields))).toEqual({ ...NOTHING, d1: 3 });
  });

  it("introspecting: 1 D1", async () => {
    const { access_token } = await spaTokens(service);

    expect(await countCalls(() => introspected(service, access_token))).toEqual({
      ...NOTHING,
      d1: 1,
    });
  });

  it("telling who somebody is: 1 D1", async () => {
    const { access_token } = await spaTokens(service);

    expect(await countCalls(() => userInfo(service, access_token))).toEqual({ ...NOTHING, d1: 1 });
  });

  it.each([
    "/.well-known/oauth-authorization-server",
    "/.well-known/openid-configuration",
    "/.well-known/jwks.json",
  ])("publishing %s: nothing", async (path) => {
    expect(await countCalls(() => service.ask(path, { method: "GET" }))).toEqual(NOTHING);
  });
});

describe("what an attacker makes the service do is bounded", () => {
  it("forged tokens and codes, wrong secrets and broken requests cost no call", async () => {
    const calls = await countCalls(async () => {
      await askToken(service, redemption("x".repeat(300)));
      await refreshed(service, `lk_rt_${"A".repeat(70)}`);
      await askToken(service, pollOf("x".repeat(120)));
      await askToken(
        service,
        { grant_type: "client_credentials" },
        {
          basic: ["test-backend", "wrong"],
        },
      );
      await introspected(service, "a.b.c");
      await revoked(service, { client_id: "test-spa", token: "a.b.c" });
      await userInfo(service, "a.b.c");
      await askToken(service, { grant_type: "password" });
    });

    expect(calls).toEqual(NOTHING);
  });

  it("a client that nobody knows costs one D1, and no more of it than the fence lets through", async () => {
    const address = "198.19.7.7";
    const ask = (index: number) =>
      askToken(
        service,
        { grant_type: "refresh_token", refresh_token: "x", client_id: `nobody-${index}` },
        { address },
      );

    // The fence goes by the wall clock.
    vi.useRealTimers();
    await roomInMinute();
    expect(await countCalls(() => ask(0))).toEqual({ ...NOTHING, d1: 1 });
    const answers = await Promise.all(Array.from({ length: 320 }, (_, index) => ask(index)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(20);
  });
});
