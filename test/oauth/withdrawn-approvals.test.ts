import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Caller } from "../../src/core/caller/caller.ts";
import { decideDeviceGrant } from "../../src/core/device/decide-device-grant.ts";
import { grantAuthorization } from "../../src/core/oauth/grant-authorization.ts";
import { identifyByAccessToken } from "../../src/core/session/identify.ts";
import { revokeSession } from "../../src/core/session/revoke-session.ts";
import { granted } from "../support/asking.ts";
import { allowed, codeOf, VERIFIER } from "../support/authorization.ts";
import { type Browser, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { askToken, contextFor, redemption, startedGrant, usualRequest } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { heard, pollGrant } from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import { startService, type TestService } from "../support/service.ts";
import { backOffice, staff } from "../surfaces/admin/back-office.ts";

/** A new one for each test: people register from its address, and so many an hour. */
let service: TestService;

beforeEach(() => {
  service = startService();
});
beforeAll(registerOAuthClients);
beforeAll(registerClients);

async function approve(browser: Browser, userCode: string): Promise<void> {
  const { form } = await browser.open(`/device?user_code=${userCode}`);
  const { status } = await browser.submit(form("/device"), { decision: "approve" });
  expect(status).toBe(200);
}

/** Approves something on the page, and answers how to fetch what was approved. */
type Approval = (browser: Browser) => Promise<() => Promise<string>>;

const device: Approval = async (browser) => {
  const { user_code, device_code } = await startedGrant(service);
  await approve(browser, user_code);
  return async () => heard(await pollGrant(service, device_code));
};
const contractsDevice: Approval = async (browser) => {
  const { userCode, deviceCode } = await startedDevice(service);
  await approve(browser, userCode);
  return async () => {
    const { status, body } = await poll(service, deviceCode);
    return status === 200 ? "tokens" : `${status} ${body.error.code}`;
  };
};
const code: Approval = async (browser) => {
  const sent = redemption(codeOf(await allowed(browser)), { code_verifier: VERIFIER });
  return async () => heard(await askToken(service, sent));
};

/** Somebody who is signed in on the page and in two apps. */
async function setTheScene() {
  stopClock();
  const { browser, person } = await signedInBrowser(service);
  const { accessToken: other, refreshToken: othersRefresh } = await signedIn(service, person);
  const { accessToken: mine } = await signedIn(service, person);
  return { browser, person, mine, other, othersRefresh };
}

const leave = (path: string, bearer: string) => service.ask(path, { method: "DELETE", bearer });

describe.each<[string, Approval, string]>([
  ["for a device at the token endpoint", device, "400 access_denied"],
  ["for a device of a contract", contractsDevice, "400 access_denied"],
  ["for an app", code, "400 invalid_grant"],
])("what was approved %s, and not fetched yet", (_, approveOne, refused) => {
  it("is void when the person ends all other sessions", async () => {
    const { browser, mine, other } = await setTheScene();
    const fetchIt = await approveOne(browser);
    passSeconds(1);

    const { status, body } = await leave("/api/auth/tokens", mine);

    expect([status, body]).toMatchObject([200, { revoked_count: 2 }]);
    expect((await leave("/api/auth/tokens", other)).status).toBe(401);
    expect(await fetchIt()).toBe(refused);
  });

  it("may be approved anew after that", async () => {
    const { person, mine } = await setTheScene();
    await leave("/api/auth/tokens", mine);
    passSeconds(1);
    const { browser } = await signedInBrowser(service, person);

    expect(await (await approveOne(browser))()).toBe("tokens");
  });

  it("is void when the person ends the page's session in the list of another", async () => {
    const { browser, mine, other } = await setTheScene();
    const fetchIt = await approveOne(browser);
    passSeconds(1);

    // Numbered as they were opened.
    expect((await leave("/api/auth/tokens/1", mine)).status).toBe(204);

    expect((await browser.open("/device")).status).toBe(303);
    expect(await fetchIt()).toBe(refused);
    expect((await leave("/api/auth/tokens", other)).status).toBe(200);
  });

  it("stays good when nothing was there to end, or somebody else ends all", async () => {
    const { browser, mine } = await setTheScene();
    const { accessToken: strangers } = await signedIn(service);
    const fetchIt = await approveOne(browser);
    passSeconds(1);

    expect((await leave("/api/auth/tokens/77", mine)).status).toBe(404);
    expect((await leave("/api/auth/tokens", strangers)).status).toBe(200);

    expect(await fetchIt()).toBe("tokens");
  });

  it("stays good when the person signs out of the page that approved it", async () => {
    const { browser } = await setTheScene();
    const fetchIt = await approveOne(browser);
    passSeconds(1);

    await browser.submit((await browser.open("/device")).form("/signout"));

    expect((await browser.open("/device")).status).toBe(303);
    expect(await fetchIt()).toBe("tokens");
  });
});

const end = async (caller: Caller, { session }: Caller) =>
  granted(await revokeSession(contextFor(service), { caller, sessionId: session.id }));

/** Approves as a request does that has looked its session up, and answers how to fetch what it approved. */
type LateApproval = (caller: Caller) => Promise<() => Promise<string>>;

const lateDevice: LateApproval = async (caller) => {
  const { user_code: userCode, device_code } = await startedGrant(service);
  const decision = { caller, userCode, approve: true, scopes: null };
  granted(await decideDeviceGrant(contextFor(service), decision));
  return async () => heard(await pollGrant(service, device_code));
};
const lateCode: LateApproval = async (caller) => {
  const context = contextFor(service);
  const consent = { caller, request: usualRequest(context) };
  const { code } = granted(await grantAuthorization(context, consent));
  return async () => heard(await askToken(service, redemption(code)));
};

describe.each<[string, LateApproval, string]>([
  ["for a device", lateDevice, "400 access_denied"],
  ["for an app", lateCode, "400 invalid_grant"],
])(
  "what is approved %s by a request that looked its session up just before",
  (_, approveOne, refused) => {
    /** Whoever is signed in, as a request found them a second before something else happened. */
    async function foundBefore() {
      const { mine, other, othersRefresh } = await setTheScene();
      const caller = await identifyByAccessToken(contextFor(service), other);
      if (!caller) {
        throw new Error("nobody is signed in");
      }
      passSeconds(1);
      return { caller, mine, othersRefresh };
    }

    it("is void when the person ended all other sessions", async () => {
      const { caller, mine } = await foundBefore();
      expect((await leave("/api/auth/tokens", mine)).status).toBe(200);

      passSeconds(1);
      expect(await (await approveOne(caller))()).toBe(refused);
    });

    it("is void when the account got a higher role", async () => {
      const { caller } = await foundBefore();
      const { id } = caller.account;
      await env.DB.prepare("UPDATE accounts SET email_verified_at = 1 WHERE id = ?").bind(id).run();
      const office = backOffice(service);
      const { bearer } = await staff(office);
      const promoted = await office.ask(`PATCH /accounts/${id}`, {
        bearer,
        body: { role: "admin" },
      });
      expect(promoted.status).toBe(200);

      passSeconds(1);
      expect(await (await approveOne(caller))()).toBe(refused);
    });

    it("is void when the person ended that session from another", async () => {
      const { caller, mine } = await foundBefore();
      const owner = await identifyByAccessToken(contextFor(service), mine);
      await end(owner ?? expect.fail("nobody is signed in"), caller);

      passSeconds(1);
      expect(await (await approveOne(caller))()).toBe(refused);
    });

    it("is void when the person signed out of that session in itself, unless it came before", async () => {
      const { caller, mine } = await foundBefore();
      const fetchIt = await approveOne(caller);
      passSeconds(1);
      await end(caller, caller);

      passSeconds(1);
      expect(await (await approveOne(caller))()).toBe(refused);
      expect(await fetchIt()).toBe("tokens");
      expect((await leave("/api/auth/tokens", mine)).status).toBe(200);
    });

    it("is void when the session ended because somebody else had its refresh token too, and came it before", async () => {
      const { caller, mine, othersRefresh } = await foundBefore();
      const fetchIt = await approveOne(caller);
      passSeconds(1);
      const refresh = (refreshToken: string) =>
        service.ask<{ refreshToken: string }>("/api/auth/refresh", { body: { refreshToken } });
      const { body } = await refresh(othersRefresh);
      await refresh(body.refreshToken);
      expect((await refresh(othersRefresh)).status).toBe(401);

      passSeconds(1);
      expect(await fetchIt()).toBe(refused);
      expect(await (await approveOne(caller))()).toBe(refused);
      expect((await leave("/api/auth/tokens", mine)).status).toBe(200);
    });
  },
);
