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
  /** The APIs that they are for: RFC 8707. Not there where that is Latchkey itself. */
  readonly resource?: readonly string[];
  /** The last one given; null where `openid` was not granted. */
  readonly idToken: string | null;
}

/** What a storage kept, if that are tokens; null for anything else. */
export function asTokens(kept: unknown): Tokens | null {
  const { url, clientId, accessToken, expiresAt, refreshToken, scope, resource, idToken } =
    Object(kept);
  const optional: unknown[] = [clientId, refreshToken, scope, idToken];
  const areTokens =
    typeof url === "string" &&
    typeof accessToken === "string" &&
    typeof expiresAt === "number" &&
    optional.every((one) => one === null || typeof one === "string") &&
    (resource === undefined || areTexts(resource));
  return areTokens
    ? {
        ...{ url, clientId, accessToken, expiresAt, refreshToken, scope },
        ...(resource && { resource }),
        idToken,
      }
    : null;
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
