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

/** Which registered client it is. */
export interface RegisteredClient {
  readonly clientId: string;
  /** Of a web server, which can keep one. */
  readonly clientSecret?: string;
}

/**
 * A client of one Latchkey. With a `clientId` it speaks OAuth 2.0 as that registered client; without one it
 * is a product of the house, which asks for passwords itself. Throws a TypeError for addresses that are
 * none, or on the way to which others could read along, and for a secret in a page, where it is none.
 */
export function createClient(options: ClientOptions & RegisteredClient): OAuthClient;
export function createClient(options: ClientOptions & { readonly clientId?: never }): AccountClient;
export function createClient({
  url: address,
  clientId,
  clientSecret,
  storage = memoryStorage(),
  apis = [],
  fetch,
}: ClientOptions & Partial<RegisteredClient>): OAuthClient | AccountClient {
  const here = platform(fetch);
  const server = serverUrl(address);
  const url = server.origin;
  const ask = asking(server, here);
  if (clientId === undefined) {
    return accountClient({ url, ask, platform: here, storage, apis });
  }
  if (clientSecret !== undefined && "document" in globalThis) {
    throw new TypeError("A page keeps no secret: register a public client for it.");
  }
  const secret = clientSecret === undefined ? {} : { client_secret: clientSecret };
  const credentials = { client_id: clientId, ...secret };
  return oauthClient({ url, clientId, credentials, ask, platform: here }, { storage, apis });
}
