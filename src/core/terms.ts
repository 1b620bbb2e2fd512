/** What a contract has published about its accounts and tokens. Operations read it as policy. */
export interface Terms {
  /** Stands in the session and, where no OAuth client is involved, as `client_id` in its tokens. */
  contract: string;
  accessToken: { lifetimeSeconds: number };
  /** Null in contracts that issue none. */
  refreshToken: { prefix: string } | null;
  session: {
    /** How long a session lives without being refreshed. */
    idleSeconds: number;
    /** How long it lives at most, however often it is refreshed (ASVS 10.4.8). */
    absoluteSeconds: number;
  };
}
