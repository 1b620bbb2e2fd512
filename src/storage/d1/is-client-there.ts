import { eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { clients } from "./schema.ts";

/** Holds while the client is registered: what a person opened for it goes no further without it. */
export function isClientThere(tenantId: SQLWrapper | string, clientId: SQLWrapper | string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${clients}
    WHERE ${eq(clients.tenantId, tenantId)} AND ${eq(clients.id, clientId)})`;
}
