import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { contracts } from "../conformance/contracts.ts";
import { given } from "../conformance/driver.ts";
import { auth } from "../rpc/entrypoint.ts";
import { signedInBrowser } from "../support/browser.ts";
import { registerClients } from "../support/clients.ts";
import { decide, poll, startedDevice } from "../support/devices.ts";
import { member } from "../support/members.ts";
import { introspected, refreshed, revoked, spaTokens, userInfo } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

/**
 * A database with a replica that never hears of anything: who asks it by way of a session that may
 * read anywhere finds no row. Plain queries go to the primary.
 */
const stale = { withSession: vi.fn() };

beforeAll(async () => {
  await registerClients();
  await registerOAuthClients();
});
beforeEach(() => {
  const database = Object.getPrototypeOf(env.DB);
  const nothing = {
    all: async () => ({ results: [] }),
    raw: async () => [],
    first: async () => null,
  };
  const statement = { ...nothing, bind: () => statement, run: async () => ({ results: [] }) };
  stale.withSession.mockReset();
  stale.withSession.mockReturnValue({ prepare: () => statement, batch: async () => [] });
  vi.spyOn(database, "withSession").mockImplementation(stale.withSession);
});
afterEach(() => void vi.restoreAllMocks());

const sessionRows = (db: Pick<D1Database, "prepare">) =>
  db
    .prepare("SELECT id FROM sessions")
    .all()
    .then(({ results }) => results.length);

describe("REL-03: what is read of a session", () => {
  it("would be missed by whoever asks a replica that lags behind, which a test can tell", async () => {
    await signedIn(startService());

    expect(await sessionRows(env.DB.withSession("first-unconstrained"))).toBe(0);
    expect(await sessionRows(env.DB)).toBeGreaterThan(0);
  });

  it.each(contracts)(
    "is the primary's: $contract lets in who signed in just now, and out who left",
    async ({ connect }) => {
      const [here, there] = [startService(), startService()];
      const { accessToken } = given(await connect(here).signIn(await member(here)));

      expect(await connect(there).isSignedIn(accessToken)).toBe(true);
      await here.ask("/api/auth/logout", { method: "POST", bearer: accessToken });
      expect(await connect(there).isSignedIn(accessToken)).toBe(false);

      expect(stale.withSession).not.toHaveBeenCalled();
    },
  );

  it("is the primary's for clients of OAuth, introspection and the service binding", async () => {
    const [here, there] = [startService(), startService()];
    const { access_token, refresh_token = "" } = await spaTokens(here);
    const verdicts = async () => [
      (await introspected(there, access_token)).body.active,
      (await userInfo(there, access_token)).status,
      (await auth().verify(access_token)) !== null,
    ];

    expect(await verdicts()).toEqual([true, 200, true]);
    await revoked(here, { client_id: "test-spa", token: refresh_token });
    expect(await verdicts()).toEqual([false, 401, false]);
    expect((await refreshed(there, refresh_token)).status).toBe(400);

    expect(stale.withSession).not.toHaveBeenCalled();
  });

  it("is the primary's for pages, and for devices in their Durable Objects", async () => {
    const [here, there] = [startService(), startService()];
    const { browser } = await signedInBrowser(here);
    const copied = browser.copy(there);
    const { accessToken } = await signedIn(here);
    const { userCode, deviceCode } = await startedDevice(here);
    await decide(here, accessToken, { userCode });

    expect((await poll(there, deviceCode)).status).toBe(200);
    expect((await copied.open("/account")).status).toBe(200);
    await browser.submit((await browser.open("/account")).form("/signout"));
    expect((await copied.open("/account")).status).toBe(303);

    expect(stale.withSession).not.toHaveBeenCalled();
  });
});
