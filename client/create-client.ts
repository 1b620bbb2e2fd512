import { type AccountClient, accountClient } from "./account/account-client.ts";
import { asking } from "./http/ask.ts";
import { type OAuthClient, oauthClient } from "./oauth/oauth-client.ts";
import { platform } from "./platform.ts";
import { serverUrl } from "./server-url.ts";
import { memoryStorage } from "./tokens/memory-storage.ts";
import type { TokenStorage } from "./tokens/token-storage.ts";

export interface ClientOptions {
  /** Where Latchkey is reached: https, or http on this machine. */
  readonly url: string;
  /** Where tokens are kept; in memory unless it is said. */
  readonly storage?: TokenStorage;
  /** Where else `fetch` may send the token: addresses of your own APIs. */
  readonly apis?: readonly string[];
  /** In the place of the platform's own. */
  readonly fetch?: typeof fetch;
}

/**
 * A client of one Latchkey. With a `clientId` it speaks OAuth 2.0 as that registered, public client; without
 * one it is a product of the house, which asks for passwords itself. Throws a TypeError for addresses that
 * are none, or that others could read along.
 */
export function createClient(options: ClientOptions & { readonly clientId: string }): OAuthClient;
export function createClient(options: ClientOptions & { readonly clientId?: never }): AccountClient;
export function createClient({
  url: address,
  clientId,
  storage = memoryStorage(),
  apis = [],
  fetch,
}: ClientOptions & { readonly clientId?: string }): OAuthClient | AccountClient {
  const here = platform(fetch);
  const server = serverUrl(address);
  const url = server.origin;
  const ask = asking(server, here);
  return clientId === undefined
    ? accountClient({ url, ask, platform: here, storage, apis })
    : oauthClient({ url, clientId, ask, platform: here }, { storage, apis });
}
