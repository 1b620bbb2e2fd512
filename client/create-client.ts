import { type AccountClient, accountClient } from "./account/account-client.ts";
import { asking } from "./http/ask.ts";
import type { discover } from "./oauth/discover.ts";
import { type OAuthClient, oauthClient } from "./oauth/oauth-client.ts";
import { latchkeyAt } from "./oauth/server.ts";
import { once } from "./once.ts";
import { type Clock, platform } from "./platform.ts";
import { issuerUrl, serverUrl } from "./server-url.ts";
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
  /** In the place of the platform's own, for tests that wait for nothing. */
  readonly clock?: Clock;
}

/** Which registered client it is. */
export interface RegisteredClient {
  readonly clientId: string;
  /** Of a web server, which can keep one. */
  readonly clientSecret?: string;
  /**
   * For other servers than Latchkey: `url` is an issuer, exactly as it spells itself, and this learns when it
   * is first needed what that can do, and where.
   */
  readonly discover?: typeof discover;
}

/**
 * A client of one Latchkey. With a `clientId` it speaks OAuth 2.0 as that registered client; without one it
 * is a product of the house, which asks for passwords itself. Throws a TypeError for addresses that are
 * none, or on the way to which others could read along, and for a secret in a page, where it is none.
 */
export function createClient(options: ClientOptions & RegisteredClient): OAuthClient;
export function createClient(options: ClientOptions & { readonly clientId?: never }): AccountClient;
export function createClient(
  options: ClientOptions & Partial<RegisteredClient>,
): OAuthClient | AccountClient {
  const { url, clientId, storage = memoryStorage(), apis = [] } = options;
  const here = platform(options.fetch, options.clock);
  if (clientId !== undefined) {
    return registeredClient({ ...options, clientId, storage, apis }, here);
  }
  const server = serverUrl(url);
  const ask = asking(server, here);
  return accountClient({ url: server.origin, ask, platform: here, storage, apis });
}

type Registered = RegisteredClient & Pick<Required<ClientOptions>, "url" | "storage" | "apis">;

function registeredClient(
  { url: address, clientId, clientSecret, discover, storage, apis }: Registered,
  here: ReturnType<typeof platform>,
): OAuthClient {
  if (clientSecret !== undefined && "document" in globalThis) {
    throw new TypeError("A page keeps no secret: register a public client for it.");
  }
  const url = discover ? issuerUrl(address) : serverUrl(address).origin;
  const secret = clientSecret === undefined ? {} : { client_secret: clientSecret };
  const credentials = { client_id: clientId, ...secret };
  const server = once(async () => {
    const abilities = discover ? await discover(url, here) : latchkeyAt(new URL(url));
    const ask = asking(new URL(url), here, abilities.locate);
    return { ...abilities, url, clientId, credentials, ask, platform: here };
  });
  return oauthClient(server, { owner: { url, clientId }, platform: here, storage, apis });
}
