import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { DeviceGrantObject } from "../../src/storage/durable/device-grant.ts";
import { CHALLENGE, VERIFIER } from "../support/authorization.ts";
import { breakCall, losesAnswer, recordCalls, refuses } from "../support/break-calls.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { grantObject } from "../support/durable.ts";
import { startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import {
  approvedGrant,
  heard,
  heldPoll,
  pollGrant,
  undecidedGrant,
} from "../support/oauth-devices.ts";
import { startPostOffice } from "../support/post-office.ts";
import { startService, type TestService } from "../support/service.ts";

const service = startPostOffice();

beforeAll(registerOAuthClients);
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a poll that may wait", () => {
  it("is answered with the tokens by the approval", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    const { answer } = await heldPoll(service, deviceCode);

    await decide();

    const { headers, status } = await answer;
    expect({ status, applied: headers.get("preference-applied") }).toEqual({
      status: 200,
      applied: "wait=25",
    });
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 invalid_grant");
  });

  it("is answered by the denial", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    const { answer } = await heldPoll(service, deviceCode);

    await decide({ approve: false });

    expect(heard(await answer)).toBe("400 access_denied");
  });

  it("is told after its time that nobody decided, and counts as one poll, when it came", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    const timer = vi.spyOn(globalThis, "setTimeout");
    const { answer } = await heldPoll(service, device_code, 1);
    expect(timer).toHaveBeenCalledWith(expect.any(Function), 1000);
    passSeconds(5);

    const { headers, ...rest } = await answer;

    expect(heard({ headers, ...rest })).toBe("400 authorization_pending");
    expect(headers.get("preference-applied")).toBe("wait=1");
    expect(heard(await pollGrant(service, device_code))).toBe("400 authorization_pending");
    expect(heard(await pollGrant(service, device_code))).toBe("400 slow_down");
  });

  it("waits no longer than the most, and says so", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    const timer = vi.spyOn(globalThis, "setTimeout");
    const { answer } = await heldPoll(service, deviceCode, 3600);

    await decide();

    expect((await answer).headers.get("preference-applied")).toBe("wait=25");
    expect(timer).toHaveBeenCalledWith(expect.any(Function), 25_000);
  });

  it("is not held past the end of the grant, and is told that it expired", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    passSeconds(899.9);
    const timer = vi.spyOn(globalThis, "setTimeout");
    const { answer } = await heldPoll(service, device_code);
    expect(timer).toHaveBeenCalledWith(expect.any(Function), 100);

    passSeconds(0.1);

    expect(heard(await answer)).toBe("400 expired_token");
  });

  it("is left alone by a poll that is too fast, which is told so at once", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    const { answer } = await heldPoll(service, deviceCode);
    const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");

    const fast = await pollGrant(service, deviceCode, {}, { prefer: "wait=25" });
    expect(heard(fast)).toBe("400 slow_down");
    expect(hold).not.toHaveBeenCalled();
    await decide();

    expect(heard(await answer)).toBe("tokens");
  });

  it("is let go by the next, so that what nobody hears any more takes no tokens", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    const left = await heldPoll(service, deviceCode);
    passSeconds(5);
    const next = await heldPoll(service, deviceCode);

    expect(heard(await left.answer)).toBe("400 authorization_pending");
    await decide();
    expect(heard(await next.answer)).toBe("tokens");
  });

  it("is let go by the next also when that one does not wait", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    const left = await heldPoll(service, deviceCode);
    passSeconds(5);

    expect(heard(await pollGrant(service, deviceCode))).toBe("400 authorization_pending");
    await decide();
    expect(heard(await left.answer)).toBe("400 authorization_pending");
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });
});

describe("what is answered at once, however long it may wait", () => {
  it.each<[string, string, Record<string, string>, () => Promise<{ deviceCode: string }>]>([
    ["an approved grant", "tokens", {}, () => approvedGrant(service)],
    [
      "another client's code",
      "400 invalid_grant",
      { client_id: "test-oauth-tv-once" },
      () => undecidedGrant(service),
    ],
    [
      "a code without its verifier",
      "400 invalid_grant",
      { code_verifier: VERIFIER.toLowerCase() },
      () => undecidedGrant(service, { code_challenge: CHALLENGE, code_challenge_method: "S256" }),
    ],
    ["no code at all", "400 invalid_grant", {}, async () => ({ deviceCode: "a".repeat(150) })],
  ])("%s: %s", async (_, told, fields, prepare) => {
    const { deviceCode } = await prepare();
    const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");

    const polled = await pollGrant(service, deviceCode, fields, { prefer: "wait=25" });

    expect(heard(polled)).toBe(told);
    expect(hold).not.toHaveBeenCalled();
  });

  it.each([undefined, "wait=0", "wait=soon", "respond-async"])(
    "a poll that does not say how long: %j",
    async (prefer) => {
      const { device_code } = await startedGrant(service);
      const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");

      const polled = await pollGrant(service, device_code, {}, prefer ? { prefer } : {});

      expect(heard(polled)).toBe("400 authorization_pending");
      expect(polled.headers.get("preference-applied")).toBeNull();
      expect(hold).not.toHaveBeenCalled();
    },
  );
});

describe("a hold that breaks", () => {
  it("goes on in the object that follows, and is answered by the decision", async () => {
    const { deviceCode, userCode, decide } = await undecidedGrant(service);
    const { answer } = await heldPoll(service, deviceCode);
    const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");

    await runInDurableObject(grantObject(userCode), (_, ctx) => ctx.abort("replaced")).catch(
      () => undefined,
    );
    await vi.waitFor(() => expect(hold).toHaveBeenCalled(), { timeout: 30_000 });
    await decide();

    expect(heard(await answer)).toBe("tokens");
  });

  it("is waited for by an eviction, and the grant goes on after it", async () => {
    const { deviceCode, userCode, decide } = await undecidedGrant(service);
    const { answer } = await heldPoll(service, deviceCode, 1);

    await evictDurableObject(grantObject(userCode));

    expect(heard(await answer)).toBe("400 authorization_pending");
    await decide();
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
  });

  it.each([
    ["is lost on the way there", refuses, 1],
    ["is lost on the way back", losesAnswer, 2],
  ])("is begun again when it %s, and is not told to slow down", async (_, how, holds) => {
    const fresh = startService();
    const { device_code } = await startedGrant(fresh);
    const callsBefore = await callsOfPendingPoll(fresh);
    const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");

    const polled = await breakCall(callsBefore, how, () =>
      pollGrant(fresh, device_code, {}, { prefer: "wait=1" }),
    );

    expect(heard(polled)).toBe("400 authorization_pending");
    expect(hold).toHaveBeenCalledTimes(holds);
  });

  it("is not begun again by an object that has too much to do", async () => {
    const fresh = startService();
    const { device_code } = await startedGrant(fresh);
    const callsBefore = await callsOfPendingPoll(fresh);
    const hold = vi.spyOn(DeviceGrantObject.prototype, "hold");
    const overloaded = () => Promise.reject(Object.assign(new Error(), { overloaded: true }));

    const polled = await breakCall(callsBefore, overloaded, () =>
      pollGrant(fresh, device_code, {}, { prefer: "wait=25" }),
    );

    expect(heard(polled)).toBe("503 temporarily_unavailable");
    expect(hold).not.toHaveBeenCalled();
  });

  it("is given up when it breaks again and again", async () => {
    const { device_code } = await startedGrant(service);
    const hold = vi
      .spyOn(DeviceGrantObject.prototype, "hold")
      .mockRejectedValue(new Error("injected outage"));

    const polled = await pollGrant(service, device_code, {}, { prefer: "wait=25" });

    expect(heard(polled)).toBe("503 temporarily_unavailable");
    expect(hold).toHaveBeenCalledTimes(4);
  });
});

/** After so many calls a poll begins to be held, once the isolate has its signing key. */
async function callsOfPendingPoll(fresh: TestService) {
  const [first, second] = [await startedGrant(fresh), await startedGrant(fresh)];
  await pollGrant(fresh, first.device_code);
  const { calls } = await recordCalls(() => pollGrant(fresh, second.device_code));
  return calls.length;
}
