import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { grantObject } from "../support/durable.ts";
import { askToken, DEVICE_CODE_GRANT, oauthRefusal, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { approvedGrant, heard, pollGrant, undecidedGrant } from "../support/oauth-devices.ts";
import { seen } from "../support/seen.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerOAuthClients);

describe("polling the token endpoint", () => {
  it("DEV-10: is told to slow down when too fast, and from then on has to wait five seconds more", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    const told = async () => heard(await pollGrant(service, device_code));

    expect(await told()).toBe("400 authorization_pending");
    expect(await told()).toBe("400 slow_down");
    passSeconds(5);
    expect(await told()).toBe("400 slow_down");
    passSeconds(10);
    expect(await told()).toBe("400 authorization_pending");
    // The fifteen seconds that it is now stay, and are five more for each poll that is too fast.
    passSeconds(13);
    expect(await told()).toBe("400 slow_down");
    passSeconds(6);
    expect(await told()).toBe("400 authorization_pending");
  });

  it("DEV-09: answers each poll before the decision in OAuth's form, which nobody keeps", async () => {
    stopClock();
    const { device_code, interval } = await startedGrant(service);

    for (let polled = 0; polled < 3; polled++) {
      passSeconds(interval);
      expect(seen(await pollGrant(service, device_code))).toEqual(
        oauthRefusal(400, "authorization_pending", "Nobody has decided yet. Keep polling."),
      );
    }
  });

  it("DEV-11: hears of a denial for good", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    await decide({ approve: false });

    expect(heard(await pollGrant(service, deviceCode))).toBe("400 access_denied");
    expect((await decide({ approve: true })).status).toBe(409);
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 access_denied");
  });

  it("DEV-13: gets tokens of an approved grant however fast it polls, and once", async () => {
    stopClock();
    const { deviceCode, decide } = await undecidedGrant(service);
    await pollGrant(service, deviceCode);
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 slow_down");
    await decide();

    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 invalid_grant");
    expect((await decide({ approve: false })).status).toBe(409);
  });

  it("DEV-12: is told that the code expired for ten seconds after, approved or not", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    const { deviceCode: approved } = await approvedGrant(service);
    passSeconds(900);

    expect(heard(await pollGrant(service, device_code))).toBe("400 expired_token");
    expect(heard(await pollGrant(service, approved))).toBe("400 expired_token");
    passSeconds(10);
    expect(heard(await pollGrant(service, device_code))).toBe("400 invalid_grant");
  });

  it("DEV-24: gets the scopes that the person left, of those that it asked for", async () => {
    const { deviceCode, decide } = await undecidedGrant(service, { scope: "openid profile:read" });
    expect((await decide({ scopes: ["openid", "email"] })).status).toBe(400);
    await decide({ scopes: ["profile:read"] });

    const { body } = await pollGrant(service, deviceCode);

    expect(body.scope).toBe("profile:read");
    expect(body.id_token).toBeUndefined();
  });

  it("gets nothing for a client that was removed, also where that is still remembered", async () => {
    stopClock();
    const client_id = await oneClient({ grants: [DEVICE_CODE_GRANT], scopes: ["openid"] });
    const { deviceCode } = await approvedGrant(service, { client_id });

    await env.DB.prepare("DELETE FROM clients WHERE id = ?").bind(client_id).run();

    expect(service.ports.clients.remembers(DEFAULT_TENANT_ID, client_id)).toBe(true);
    expect(heard(await pollGrant(service, deviceCode, { client_id }))).toBe("400 access_denied");
  });

  it("DEV-24: gets nothing for a client that may do nothing of it any more, and no session stays behind", async () => {
    stopClock();
    const client_id = await oneClient({ grants: [DEVICE_CODE_GRANT], scopes: ["openid"] });
    const { deviceCode } = await approvedGrant(service, { client_id });
    await env.DB.prepare("UPDATE clients SET scopes = '[]' WHERE id = ?").bind(client_id).run();
    passSeconds(61);

    expect(heard(await pollGrant(service, deviceCode, { client_id }))).toBe("400 invalid_scope");

    const { results } = await env.DB.prepare("SELECT revoked_at FROM sessions WHERE client_id = ?")
      .bind(client_id)
      .all();
    expect(results).toEqual([{ revoked_at: Date.now() }]);
  });

  it("DEV-16: does not take the code that the person types", async () => {
    const { userCode } = await approvedGrant(service);

    expect(heard(await pollGrant(service, userCode))).toBe("400 invalid_grant");
  });

  it("goes on when the grant's object is evicted between any two steps", async () => {
    const { deviceCode, userCode, decide } = await undecidedGrant(service);
    const evict = () => evictDurableObject(grantObject(userCode));

    await evict();
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 authorization_pending");
    await evict();
    expect((await decide()).status).toBe(200);
    await evict();
    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
    await evict();
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 invalid_grant");
  });

  it("needs no code to be told that there is none", async () => {
    const polled = await askToken(service, {
      grant_type: DEVICE_CODE_GRANT,
      client_id: "test-oauth-tv",
    });

    expect(heard(polled)).toBe("400 invalid_request");
  });
});
