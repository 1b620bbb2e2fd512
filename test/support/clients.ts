import { env } from "cloudflare:workers";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";

export const TV = "test-tv";
export const CLI = "test-cli";
export const DEVICE_SCOPES = ["openid", "profile", "profile:read"];

/** Two public clients that may use the device grant, and one that may not. */
export async function registerClients(): Promise<void> {
  const device = ["urn:ietf:params:oauth:grant-type:device_code", "refresh_token"];
  await openDatabase(env.DB)
    .insert(clients)
    .values([
      client(TV, "Test TV", device),
      client(CLI, "Test CLI", device),
      client("test-web", "Test Web", ["authorization_code"]),
    ])
    .onConflictDoNothing();
}

function client(id: string, name: string, grants: string[]) {
  return {
    tenantId: DEFAULT_TENANT_ID,
    id,
    name,
    secretHash: null,
    grants,
    scopes: DEVICE_SCOPES,
    redirectUris: [],
    firstParty: false,
    createdAt: new Date(0),
  };
}
