/** `latchkey/client`: signs people in, and keeps them signed in. */
export type { AccountClient, SignInStep, User } from "./account/account-client.ts";
export type { ApiKey, ApiKeys, NewApiKey } from "./account/api-keys.ts";
export type { Session, Sessions } from "./account/sessions.ts";
export { type ClientOptions, createClient, type RegisteredClient } from "./create-client.ts";
export { LatchkeyError } from "./latchkey-error.ts";
export type { AuthorizationOptions, PendingAuthorization } from "./oauth/authorization.ts";
export { discover } from "./oauth/discover.ts";
export type { OAuthClient } from "./oauth/oauth-client.ts";
export type { DeviceSignIn } from "./oauth/start-device.ts";
export type { Wanted } from "./oauth/wanted.ts";
export type { Clock } from "./platform.ts";
export type { SignedIn } from "./signed-in.ts";
export { browserStorage } from "./tokens/browser-storage.ts";
export { memoryStorage } from "./tokens/memory-storage.ts";
export type { TokenStorage } from "./tokens/token-storage.ts";
export { asTokens, type Tokens } from "./tokens/tokens.ts";
