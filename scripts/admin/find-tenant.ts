import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import type { Row, Site } from "./task.ts";
import type { Workplace } from "./work.ts";

/** Looks for the tenant, to tell its absence from everything else that may not be there, and what time it is there. */
export function findTenant(slug: string): Sql {
  return sql`SELECT id, ${databaseNow} AS now FROM tenants WHERE slug = ${slug}`;
}

/** Where and when work is done: `now` is the database's, as the work begins, which is after its operator agreed. */
export interface TenantNow {
  tenantId: string;
  now: Date;
}

/** That there is none. */
export function noTenant(slug: string, site: Site): Problem {
  return new Problem(
    `There is no tenant with the slug ${JSON.stringify(slug)}.`,
    `Check its spelling, or make it: ${site.admin("create-tenant --slug … --name …")}`,
  );
}

/** Refuses to go on without it. */
export function requireTenant([found]: readonly Row[], slug: string, site: Site): TenantNow {
  if (!found) {
    throw noTenant(slug, site);
  }
  return { tenantId: String(found["id"]), now: new Date(Number(found["now"])) };
}

/** The same for work. */
export async function tenantOf({ database, site }: Workplace, slug: string): Promise<TenantNow> {
  const [found = []] = await database.execute([findTenant(slug)]);
  return requireTenant(found, slug, site);
}
