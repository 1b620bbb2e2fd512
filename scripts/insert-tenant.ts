import { v7 } from "uuid";
import { type Sql, sql } from "./sql.ts";

/** Makes a tenant without users. Where the slug is taken it changes nothing. */
export function insertTenant(
  { slug, name, isOpen }: { slug: string; name: string; isOpen: boolean },
  now: Date,
): Sql {
  const id = v7({ msecs: now.getTime() });
  return sql`INSERT INTO tenants (id, slug, name, self_registration, created_at)
    VALUES (${id}, ${slug}, ${name}, ${isOpen}, ${now})
    ON CONFLICT (slug) DO NOTHING RETURNING id`;
}
