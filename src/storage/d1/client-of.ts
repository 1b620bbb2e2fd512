import type { Client, ClientGrant } from "../../core/client/client.ts";
import type { clients } from "./schema.ts";

/** A client from its row, without the hash of its secret. */
export function clientOf(row: typeof clients.$inferSelect): Client {
  const { id, tenantId, name, owner, secretHash, scopes, redirectUris, resources, samePlace } = row;
  return {
    id,
    tenantId,
    name,
    owner,
    isConfidential: secretHash !== null,
    isFirstParty: row.firstParty,
    grants: row.grants as ClientGrant[],
    scopes,
    redirectUris,
    resources,
    samePlace,
  };
}
