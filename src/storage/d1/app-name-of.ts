import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { clients } from "./schema.ts";

/**
 * What a client of a tenant is called, to stand in a statement about other tables: null where there is
 * none. A column has to be given with its table, or it would be read as the client's own.
 */
export function appNameOf(
  tenantId: SQLWrapper | string,
  clientId: SQLWrapper | string | null,
): SQL<string | null> {
  return sql<string | null>`(SELECT client.name FROM ${clients} AS client
    WHERE client.tenant_id = ${tenantId} AND client.id = ${clientId})`;
}
