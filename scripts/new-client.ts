import type { ClientGrant } from "../src/core/client.ts";

/** A client as it is registered. */
export interface NewClient {
  id: string;
  name: string;
  grants: readonly ClientGrant[];
  scopes: readonly string[];
  redirectUris: readonly string[];
  /** The resources it may ask for tokens for, or is. */
  resources: readonly string[];
  isFirstParty: boolean;
  /** In clear; only its hash is stored. Null makes the client public. */
  secret: string | null;
}
