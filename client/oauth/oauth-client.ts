import type { Answer } from "../http/ask.ts";
import { askPatiently } from "../http/ask-patiently.ts";
import type { Platform } from "../platform.ts";
import { originsOf, type SignedIn, signedIn } from "../signed-in.ts";
import { KeptTokens } from "../tokens/kept-tokens.ts";
import type { TokenStorage } from "../tokens/token-storage.ts";
import {
  type AuthorizationOptions,
  finishAuthorization,
  type PendingAuthorization,
  startAuthorization,
} from "./authorization.ts";
import { refreshTokens } from "./refresh-tokens.ts";
import type { Server } from "./server.ts";
import { type DeviceSignIn, startDevice } from "./start-device.ts";
import type { Wanted } from "./wanted.ts";

/** A registered client: a browser app, a television, a command line. */
export interface OAuthClient extends SignedIn {
  /** Begins a sign-in that is confirmed on another device. */
  startDevice(wanted?: Wanted): Promise<DeviceSignIn>;
  /** Begins a sign-in through the browser: send the person to `url`, and keep `pending`. */
  startAuthorization(
    options: AuthorizationOptions,
  ): Promise<{ url: URL; pending: PendingAuthorization }>;
  /** Signs in with the address that the browser came back to. */
  finishAuthorization(callback: URL | string, pending: PendingAuthorization): Promise<void>;
  /** Who is signed in, as the scopes `openid`, `profile` and `email` allow. */
  userInfo(): Promise<Answer<"GET /oauth/userinfo">>;
  /** The last ID token, which came from Latchkey itself; null where `openid` was not granted. */
  idToken(): Promise<string | null>;
  /** Ends the session. The tokens are gone from here also when it throws, and the session lives on. */
  signOut(): Promise<void>;
}

interface Parts {
  /** Whose tokens it keeps: of this issuer, for this client. */
  readonly owner: Pick<Server, "url" | "clientId">;
  readonly platform: Platform;
  readonly storage: TokenStorage;
  readonly apis: readonly string[];
}

/** `server` is asked for once something is to be asked there, and not for tokens that still hold. */
export function oauthClient(
  server: () => Promise<Server>,
  { owner, platform, storage, apis }: Parts,
): OAuthClient {
  const tokens = new KeptTokens({
    storage,
    owner,
    renew: async (kept, refreshToken) => refreshTokens(await server(), kept, refreshToken),
    platform,
  });
  return {
    ...signedIn({ tokens, platform, origins: originsOf([owner.url, ...apis]) }),
    startDevice: async (wanted = {}) =>
      startDevice(await server(), wanted, (given) => tokens.replace(given)),
    startAuthorization: async (options) => startAuthorization(await server(), options),
    finishAuthorization: async (callback, pending) =>
      tokens.replace(await finishAuthorization(await server(), callback, pending)),
    userInfo: () =>
      tokens.use(async (bearer) => {
        const { ask } = await server();
        return askPatiently(ask, platform, "GET /oauth/userinfo", { bearer });
      }),
    idToken: async () => (await tokens.find())?.idToken ?? null,
    signOut: () =>
      tokens.forget(async ({ refreshToken, accessToken }) => {
        const { ask, credentials } = await server();
        const form = { token: refreshToken ?? accessToken, ...credentials };
        await askPatiently(ask, platform, "POST /oauth/revoke", { form });
      }),
  };
}
