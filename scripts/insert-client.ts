import { createHash } from "node:crypto";
import { databaseNow } from "./database-clock.ts";
import type { NewClient } from "./new-client.ts";
import { type Sql, sql } from "./sql.ts";

/**
 * Writes a client into a tenant, if there is one. What to do when the id is taken is left open. The
 * time is the database's: what was given to an earlier client of this id is told by it.
 */
export function insertClient(client: NewClient, tenantSlug: string): Sql {
  const { id, name, owner, samePlace, secret } = client;
  const secretHash = secret === null ? null : createHash("sha256").update(secret).digest("hex");
  const grants = JSON.stringify(client.grants);
  const scopes = JSON.stringify(client.scopes);
  const redirectUris = JSON.stringify(client.redirectUris);
  const resources = JSON.stringify(client.resources);
  const firstParty = client.isFirstParty ? 1 : 0;
  return sql`INSERT INTO clients
      (tenant_id, id, name, secret_hash, grants, scopes, redirect_uris, resources, first_party,
       owner, same_place, created_at)
    SELECT id, ${id}, ${name}, ${secretHash}, ${grants}, ${scopes}, ${redirectUris}, ${resources},
      ${firstParty}, ${owner}, ${samePlace}, ${databaseNow}
    FROM tenants WHERE slug = ${tenantSlug}`;
}
