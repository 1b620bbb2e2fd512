import { and, eq, lte, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { clients } from "./schema.ts";

/**
 * Holds while the client is there that something was given to at that time: what a person opened for
 * it goes no further without it, nor for another that was registered under its id since.
 */
export function isClientThere(of: {
  tenantId: SQLWrapper | string;
  clientId: SQLWrapper | string;
  since: SQLWrapper | Date;
}): SQL {
  const { tenantId, clientId, since } = of;
  return sql`EXISTS (SELECT 1 FROM ${clients} WHERE ${and(
    eq(clients.tenantId, tenantId),
    eq(clients.id, clientId),
    lte(clients.createdAt, since),
  )})`;
}
