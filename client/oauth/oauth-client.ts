import type { Answer } from "../http/ask.ts";
import { askPatiently } from "../http/ask-patiently.ts";
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
import { type DeviceSignIn, startDevice, type Wanted } from "./start-device.ts";

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
  readonly storage: TokenStorage;
  readonly apis: readonly string[];
}

export function oauthClient(server: Server, { storage, apis }: Parts): OAuthClient {
  const { url, clientId, credentials, ask, platform } = server;
  const tokens = new KeptTokens({
    storage,
    owner: { url, clientId },
    renew: (kept, refreshToken) => refreshTokens(server, kept, refreshToken),
    platform,
  });
  return {
    ...signedIn({ tokens, platform, origins: originsOf([url, ...apis]) }),
    startDevice: (wanted = {}) => startDevice(server, wanted, (given) => tokens.replace(given)),
    startAuthorization: (options) => startAuthorization(server, options),
    finishAuthorization: async (callback, pending) =>
      tokens.replace(await finishAuthorization(server, callback, pending)),
    userInfo: () =>
      tokens.use((bearer) => askPatiently(ask, platform, "GET /oauth/userinfo", { bearer })),
    idToken: async () => (await tokens.find())?.idToken ?? null,
    signOut: () =>
      tokens.forget(async ({ refreshToken, accessToken }) => {
        const form = { token: refreshToken ?? accessToken, ...credentials };
        await askPatiently(ask, platform, "POST /oauth/revoke", { form });
      }),
  };
}
