/** An OAuth client: a program that people let act for them. RFC 6749 §2. */
export interface Client {
  id: string;
  tenantId: string;
  name: string;
  grants: readonly ClientGrant[];
  /** What it may ask for at most. */
  scopes: readonly string[];
}

export type ClientGrant =
  | "urn:ietf:params:oauth:grant-type:device_code"
  | "refresh_token"
  | "authorization_code"
  | "client_credentials";
