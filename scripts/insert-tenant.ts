import { databaseNow } from "./database-clock.ts";
import { databaseId } from "./database-id.ts";
import { type Sql, sql } from "./sql.ts";

/** Makes a tenant without users. Where the slug is taken it changes nothing. */
export function insertTenant({
  slug,
  name,
  isOpen,
}: {
  slug: string;
  name: string;
  isOpen: boolean;
}): Sql {
  return sql`INSERT INTO tenants (id, slug, name, self_registration, created_at)
    VALUES (${databaseId}, ${slug}, ${name}, ${isOpen}, ${databaseNow})
    ON CONFLICT (slug) DO NOTHING RETURNING id`;
}
