/** What a sign-in left, as it stands in its file. */
export interface Tokens {
  readonly issuer: string;
  readonly clientId: string;
  readonly accessToken: string;
  /** When the access token ends, as ISO 8601. */
  readonly expiresAt: string;
  /** Null where the server gave none: then the session ends with the access token. */
  readonly refreshToken: string | null;
  readonly scope: string | null;
  /** What the tokens were asked for: RFC 8707. None: the issuer itself. */
  readonly resources: readonly string[];
  /** The last one given; null where `openid` was not granted. */
  readonly idToken: string | null;
}
