import { asc, eq } from "drizzle-orm";
import type { FrontEnds } from "../../core/tenant/front-end.ts";
import type { Database } from "./database.ts";
import { frontEnds } from "./schema.ts";

/** The sites that mailed links may lead to, the oldest first. */
export function d1FrontEnds(db: Database): FrontEnds {
  return {
    list: (tenantId) =>
      db
        .select({
          id: frontEnds.id,
          alias: frontEnds.alias,
          url: frontEnds.url,
          createdAt: frontEnds.createdAt,
          changedAt: frontEnds.changedAt,
        })
        .from(frontEnds)
        .where(eq(frontEnds.tenantId, tenantId))
        .orderBy(asc(frontEnds.createdAt), asc(frontEnds.alias)),
  };
}
