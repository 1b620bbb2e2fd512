import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { grantObject } from "../support/durable.ts";
import { askToken, DEVICE_CODE_GRANT, startedGrant } from "../support/oauth.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { approvedGrant, heard, pollGrant, undecidedGrant } from "../support/oauth-devices.ts";
import { startService } from "../support/service.ts";

const service = startService();

beforeAll(registerOAuthClients);

describe("polling the token endpoint", () => {
  it("is told to slow down when too fast, and from then on has to wait five seconds more", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    const told = async () => heard(await pollGrant(service, device_code));

    expect(await told()).toBe("400 authorization_pending");
    expect(await told()).toBe("400 slow_down");
    passSeconds(5);
    expect(await told()).toBe("400 slow_down");
    passSeconds(10);
    expect(await told()).toBe("400 authorization_pending");
  });

  it("answers a poll before the decision in OAuth's form, which nobody keeps", async () => {
    const { device_code } = await startedGrant(service);

    const { status, headers, body } = await pollGrant(service, device_code);

    expect({ status, body, cache: headers.get("cache-control") }).toEqual({
      status: 400,
      body: {
        error: "authorization_pending",
        error_description: "Nobody has decided yet. Keep polling.",
      },
      cache: "no-store",
    });
  });

  it("hears of a denial for good", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    await decide({ approve: false });

    expect(heard(await pollGrant(service, deviceCode))).toBe("400 access_denied");
    expect((await decide({ approve: true })).status).toBe(409);
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 access_denied");
  });

  it("gets tokens of an approved grant however fast it polls, and once", async () => {
    const { deviceCode, decide } = await undecidedGrant(service);
    await pollGrant(service, deviceCode);
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 slow_down");
    await decide();

    expect(heard(await pollGrant(service, deviceCode))).toBe("tokens");
    expect(heard(await pollGrant(service, deviceCode))).toBe("400 invalid_grant");
    expect((await decide({ approve: false })).status).toBe(409);
  });

  it("is told that the code expired for ten seconds after, approved or not", async () => {
    stopClock();
    const { device_code } = await startedGrant(service);
    const { deviceCode: approved } = await approvedGrant(service);
    passSeconds(900);

    expect(heard(await pollGrant(service, device_code))).toBe("400 expired_token");
    expect(heard(await pollGrant(service, approved))).toBe("400 expired_token");
    passSeconds(10);
    expect(heard(await pollGrant(service, device_code))).toBe("400 invalid_grant");
  });

  it("gets the scopes that the person left, of those that it asked for", async () => {
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

  it("gets nothing for a client that may do nothing of it any more, and no session stays behind", async () => {
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

  it("does not take the code that the person types", async () => {
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
