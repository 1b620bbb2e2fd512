/** An OAuth client: a program that people let act for them. RFC 6749 §2. Its secret is never on it. */
export interface Client {
  id: string;
  tenantId: string;
  name: string;
  /** Who makes it, for people to read; null where nobody said. */
  owner: string | null;
  /** Whether it can keep a secret, and then has to show it. RFC 6749 §2.1. */
  isConfidential: boolean;
  /** Ours: nobody has to consent to what it does in a browser. */
  isFirstParty: boolean;
  grants: readonly ClientGrant[];
  /** What it may ask for at most. */
  scopes: readonly string[];
  redirectUris: readonly string[];
  /** The resources that it may ask for tokens for, or is. RFC 8707. */
  resources: readonly string[];
  /** What a device and whoever approves it must have in common; null for nothing. */
  samePlace: SamePlace | null;
}

/** Where both have to be seen: in one country, or on one network besides. */
export type SamePlace = "country" | "network";

export const DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

export type ClientGrant =
  | typeof DEVICE_CODE_GRANT
  | "refresh_token"
  | "authorization_code"
  | "client_credentials";

export interface ClientToken {
  tenantId: string;
  clientId: string;
  jti: string;
  /** To the second. */
  issuedAt: Date;
}

/** For so long a client may be taken as it was, its secret too, once it was looked up. */
export const CLIENT_CACHE_SECONDS = 60;

export interface Clients {
  find(tenantId: string, clientId: string): Promise<Client | null>;
  /** Whether this is the client's secret. Costs no look-up while `find` remembers the client. */
  hasSecret(client: Client, secret: string): Promise<boolean>;
  /** Whether the isolate remembers the client, so that `find` asks no store. */
  remembers(tenantId: string, clientId: string): boolean;
  /** Withdraws a token that stands for the client itself and so has no session to end. */
  revokeToken(token: { jti: string; expiresAt: Date }): Promise<void>;
  /**
   * Whether such a token is neither withdrawn nor its client gone, or another one under the same id by
   * now. Asks the store every time.
   */
  isTokenGood(token: ClientToken): Promise<boolean>;
}
