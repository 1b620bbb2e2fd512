/** What a sign-in left. Whoever has it is signed in: it belongs in no log. */
export interface Tokens {
  /** Where they are from. They go nowhere else. */
  readonly url: string;
  /** The client they were given to; null for a sign-in of the product's own. */
  readonly clientId: string | null;
  readonly accessToken: string;
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Null where there is none: then the session ends with the access token. */
  readonly refreshToken: string | null;
  /** What was granted, with a space between; null for a full sign-in. */
  readonly scope: string | null;
  /** The last one given; null where `openid` was not granted. */
  readonly idToken: string | null;
}

/** What a storage kept, if that are tokens; null for anything else. */
export function asTokens(kept: unknown): Tokens | null {
  const { url, clientId, accessToken, expiresAt, refreshToken, scope, idToken } = Object(kept);
  const optional: unknown[] = [clientId, refreshToken, scope, idToken];
  const areTokens =
    typeof url === "string" &&
    typeof accessToken === "string" &&
    typeof expiresAt === "number" &&
    optional.every((one) => one === null || typeof one === "string");
  return areTokens ? { url, clientId, accessToken, expiresAt, refreshToken, scope, idToken } : null;
}
