import { env } from "cloudflare:workers";
import type { ClientGrant } from "../../src/core/client/client.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { clients } from "../../src/storage/d1/schema.ts";

/** What every confidential client here proves itself with. */
export const TEST_SECRET = "a-client-secret-for-tests";
export const API = "https://api.example.test";
export const OTHER_API = "https://other.example.test";
export const PERSON_SCOPES = ["openid", "profile", "email", "offline_access", "profile:read"];

const DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
const BROWSER_REDIRECTS = ["https://spa.example.test/callback", "http://127.0.0.1/callback"];

interface TestClient {
  id: string;
  grants: ClientGrant[];
  scopes?: string[];
  redirectUris?: string[];
  resources?: string[];
  firstParty?: boolean;
  isConfidential?: boolean;
}

const testClients: readonly TestClient[] = [
  {
    id: "test-spa",
    grants: ["authorization_code", "refresh_token"],
    redirectUris: BROWSER_REDIRECTS,
  },
  {
    id: "test-first-party",
    grants: ["authorization_code", "refresh_token"],
    redirectUris: BROWSER_REDIRECTS,
    firstParty: true,
  },
  {
    id: "test-backend",
    grants: ["authorization_code", "refresh_token", "client_credentials", DEVICE_CODE],
    scopes: [...PERSON_SCOPES, "reports:read"],
    redirectUris: ["https://backend.example.test/callback"],
    resources: [API, OTHER_API],
    isConfidential: true,
  },
  { id: "test-api", grants: [], scopes: [], resources: [API], isConfidential: true },
  { id: "test-oauth-tv", grants: [DEVICE_CODE, "refresh_token"] },
  { id: "test-oauth-tv-once", grants: [DEVICE_CODE] },
];

/** One client for each way to get a token, and a resource server that gets none. */
export async function registerOAuthClients(): Promise<void> {
  const secretHash = await sha256Hex(TEST_SECRET);
  await openDatabase(env.DB)
    .insert(clients)
    .values(testClients.map((client) => rowOf(client, secretHash)))
    .onConflictDoNothing();
}

function rowOf({ isConfidential, ...client }: TestClient, secretHash: string) {
  return {
    scopes: PERSON_SCOPES,
    redirectUris: [],
    resources: [],
    firstParty: false,
    ...client,
    tenantId: DEFAULT_TENANT_ID,
    name: `The client ${client.id}`,
    secretHash: isConfidential ? secretHash : null,
    createdAt: new Date(0),
  };
}

/** The form in which a client's secret is stored. */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}
