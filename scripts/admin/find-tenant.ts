import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import type { Row, Site } from "./task.ts";
import type { Workplace } from "./work.ts";

/** Looks for the tenant, to tell its absence from everything else that may not be there. */
export function findTenant(slug: string): Sql {
  return sql`SELECT id FROM tenants WHERE slug = ${slug}`;
}

/** Refuses to go on without it. */
export function requireTenant(found: readonly Row[], slug: string, site: Site): void {
  if (found.length === 0) {
    throw new Problem(
      `There is no tenant with the slug ${JSON.stringify(slug)}.`,
      `Check its spelling, or make it: ${site.admin("create-tenant --slug … --name …")}`,
    );
  }
}

/** Its id, for work. */
export async function tenantIdOf({ database, site }: Workplace, slug: string): Promise<string> {
  const [found = []] = await database.execute([findTenant(slug)]);
  requireTenant(found, slug, site);
  return String(found[0]?.["id"]);
}
