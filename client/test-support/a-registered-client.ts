import { asking } from "../http/ask.ts";
import { type OAuthClient, oauthClient } from "../oauth/oauth-client.ts";
import { latchkeyAt } from "../oauth/server.ts";
import type { Platform } from "../platform.ts";
import { memoryStorage } from "../tokens/memory-storage.ts";

/** A registered client of a Latchkey, on a machine of a test. */
export function aRegisteredClient(
  url: string,
  clientId: string,
  platform: Platform,
  storage = memoryStorage(),
): OAuthClient {
  const ask = asking(new URL(url), platform);
  const credentials = { client_id: clientId };
  const server = { ...latchkeyAt(new URL(url)), url, clientId, credentials, ask, platform };
  const owner = { url, clientId };
  return oauthClient(async () => server, { owner, platform, storage, apis: [] });
}
