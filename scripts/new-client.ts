import type { ClientGrant, SamePlace } from "../src/core/client.ts";

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
  /** Who makes it, for people to read; null where that is not to be said. */
  owner: string | null;
  /** What a device and whoever approves it must have in common; null for nothing. */
  samePlace: SamePlace | null;
  /** In clear; only its hash is stored. Null makes the client public. */
  secret: string | null;
}
