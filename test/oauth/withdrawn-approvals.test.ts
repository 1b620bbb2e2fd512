import { beforeAll, describe, expect, it } from "vitest";
import { allowed, codeOf, VERIFIER } from "../support/authorization.ts";
import { type Browser, signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { poll, startedDevice } from "../support/devices.ts";
import { askToken, redemption, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { heard, pollGrant } from "../support/oauth-devices.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const service = startService();

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
  const { accessToken: other } = await signedIn(service, person);
  const { accessToken: mine } = await signedIn(service, person);
  return { browser, person, mine, other };
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

  it("stays good when one other session is ended, or somebody else ends all", async () => {
    const { browser, mine, other } = await setTheScene();
    const { accessToken: strangers } = await signedIn(service);
    const fetchIt = await approveOne(browser);
    passSeconds(1);
    const { body } = await service.ask<{ tokens: { id: number; is_current: boolean }[] }>(
      "/api/auth/tokens",
      { method: "GET", bearer: other },
    );
    const own = body.tokens.find(({ is_current }) => is_current);

    expect((await leave(`/api/auth/tokens/${own?.id}`, mine)).status).toBe(204);
    expect((await leave("/api/auth/tokens", strangers)).status).toBe(200);

    expect((await leave("/api/auth/tokens", other)).status).toBe(401);
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
