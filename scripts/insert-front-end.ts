import { databaseNow } from "./database-clock.ts";
import { databaseId } from "./database-id.ts";
import { type Sql, sql } from "./sql.ts";

/** Lets a tenant's mailed links lead to a site, in place of the one that the alias named before. */
export function insertFrontEnd({
  tenantSlug,
  alias,
  url,
}: {
  tenantSlug: string;
  alias: string;
  url: string;
}): Sql {
  return sql`INSERT INTO front_ends (id, tenant_id, alias, url, created_at, changed_at)
    SELECT ${databaseId}, id, ${alias}, ${url}, ${databaseNow}, ${databaseNow}
    FROM tenants WHERE slug = ${tenantSlug}
    ON CONFLICT (tenant_id, alias) DO UPDATE SET
      url = excluded.url, changed_at = excluded.changed_at
    WHERE url <> excluded.url RETURNING id`;
}
