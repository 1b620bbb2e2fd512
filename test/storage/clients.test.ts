import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { oneClient } from "../support/authorization.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { countCalls } from "../support/count-calls.ts";
import { registerOAuthClients, TEST_SECRET } from "../support/oauth-clients.ts";
import { startService } from "../support/service.ts";
import { newTenant } from "../support/tenants.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

beforeAll(registerOAuthClients);

function clientsOf(service = startService()) {
  return service.ports.clients;
}

async function backend(clients = clientsOf()) {
  const client = await clients.find(DEFAULT_TENANT_ID, "test-backend");
  if (!client) {
    throw new Error("the client is not there");
  }
  return { clients, client };
}

describe("clients", () => {
  it("are remembered for a minute, and then asked for again", async () => {
    stopClock();
    const { clients } = await backend();
    const find = () => countCalls(() => clients.find(DEFAULT_TENANT_ID, "test-backend"));

    expect(clients.remembers(DEFAULT_TENANT_ID, "test-backend")).toBe(true);
    expect((await find()).d1).toBe(0);
    passSeconds(61);
    expect(clients.remembers(DEFAULT_TENANT_ID, "test-backend")).toBe(false);
    expect((await find()).d1).toBe(1);
  });

  it("show nothing of their secret", async () => {
    const { client } = await backend();
    expect(JSON.stringify(client)).not.toMatch(/secret|[0-9a-f]{64}/i);
  });

  it("are of their tenant alone", async () => {
    const { tenantId } = await newTenant();
    expect(await clientsOf().find(tenantId, "test-backend")).toBeNull();
  });

  it("have their own secret and no other, and no look-up is made for it", async () => {
    const { clients, client } = await backend();
    const calls = await countCalls(async () => {
      expect(await clients.hasSecret(client, TEST_SECRET)).toBe(true);
      expect(await clients.hasSecret(client, `${TEST_SECRET} `)).toBe(false);
      expect(await clients.hasSecret(client, "")).toBe(false);
    });
    expect(calls.d1).toBe(0);
  });

  it("have none where they are public", async () => {
    const clients = clientsOf();
    const spa = await clients.find(DEFAULT_TENANT_ID, "test-spa");
    expect(spa && (await clients.hasSecret(spa, ""))).toBe(false);
  });
});

describe("a token that a client got for itself", () => {
  const token = () => ({
    tenantId: DEFAULT_TENANT_ID,
    clientId: "test-backend",
    jti: crypto.randomUUID(),
    issuedAt: new Date(),
  });

  it("is good until it is revoked, also by somebody who revokes it twice", async () => {
    const clients = clientsOf();
    const [revoked, other] = [token(), token()];
    expect(await clients.isTokenGood(revoked)).toBe(true);
    const expiresAt = new Date(Date.now() + HOUR_MS);
    await clients.revokeToken({ jti: revoked.jti, expiresAt });
    await clients.revokeToken({ jti: revoked.jti, expiresAt });
    expect(await clients.isTokenGood(revoked)).toBe(false);
    expect(await clients.isTokenGood(other)).toBe(true);
  });

  it("is good in the tenant of its client alone, whatever another tenant's is called", async () => {
    const { tenantId } = await newTenant();
    const clients = clientsOf();
    const isGood = (own: { clientId: string }) =>
      Promise.all(
        [DEFAULT_TENANT_ID, tenantId].map((id) =>
          clients.isTokenGood({ ...token(), ...own, tenantId: id }),
        ),
      );
    const elsewhere = await oneClient({ tenantId });

    expect(await isGood({ clientId: "test-backend" })).toEqual([true, false]);
    expect(await isGood({ clientId: elsewhere })).toEqual([false, true]);
  });

  it("is no good once its client is gone, however well the isolate remembers it", async () => {
    const { clients } = await backend();
    await env.DB.prepare(
      "INSERT INTO clients (tenant_id, id, name, grants, scopes, redirect_uris, created_at) VALUES (?, 'gone', 'Gone', '[]', '[]', '[]', 0)",
    )
      .bind(DEFAULT_TENANT_ID)
      .run();
    const own = { ...token(), clientId: "gone" };
    expect(await clients.find(DEFAULT_TENANT_ID, "gone")).not.toBeNull();
    expect(await clients.isTokenGood(own)).toBe(true);
    await env.DB.prepare("DELETE FROM clients WHERE id = 'gone'").run();
    expect(await clients.isTokenGood(own)).toBe(false);
  });

  it("is no good where its client was registered after it, by the second that it says", async () => {
    const { clients } = await backend();
    const registeredAt = new Date(1_900_000_000_500);
    const clientId = await oneClient({ createdAt: registeredAt });
    const issuedAt = (seconds: number) => ({
      ...token(),
      clientId,
      issuedAt: new Date((1_900_000_000 + seconds) * 1000),
    });

    expect(await clients.isTokenGood(issuedAt(-1))).toBe(false);
    expect(await clients.isTokenGood(issuedAt(0))).toBe(true);
    expect(await clients.isTokenGood(issuedAt(1))).toBe(true);
  });

  it("is remembered as revoked a minute longer than it would have lived, for clocks that are behind", async () => {
    stopClock();
    const service = startService();
    const [living, ended, over] = ["living", "ended", "over"];
    const { clients } = service.ports;
    await clients.revokeToken({ jti: living, expiresAt: new Date(Date.now() + HOUR_MS) });
    await clients.revokeToken({ jti: ended, expiresAt: new Date(Date.now() - MINUTE_MS) });
    await clients.revokeToken({ jti: over, expiresAt: new Date(Date.now() - MINUTE_MS - 1) });
    const { removed } = await service.removeExpired();
    expect(removed.revocations).toBe(1);
    const { results } = await env.DB.prepare(
      "SELECT jti FROM revoked_tokens WHERE jti IN (?, ?, ?) ORDER BY expires_at",
    )
      .bind(living, ended, over)
      .all();
    expect(results).toEqual([{ jti: ended }, { jti: living }]);
  });
});
