import { and, eq, lte, sql } from "drizzle-orm";
import type { Client, Clients } from "../../core/client/client.ts";
import { clientOf } from "./client-of.ts";
import type { Database } from "./database.ts";
import { clients, revokedTokens } from "./schema.ts";

/** Clients as they are stored. */
export interface ClientStore extends Pick<Clients, "revokeToken" | "isTokenGood"> {
  read(
    tenantId: string,
    clientId: string,
  ): Promise<{ client: Client; secretHash: string | null } | null>;
}

export function d1Clients(db: Database): ClientStore {
  return {
    read: (tenantId, clientId) => read(db, tenantId, clientId),

    async revokeToken(token) {
      await db.insert(revokedTokens).values(token).onConflictDoNothing();
    },

    async isTokenGood({ tenantId, clientId, jti, issuedAt }) {
      const secondEndsAt = new Date(issuedAt.getTime() + 999);
      const isRevoked = sql`EXISTS (SELECT 1 FROM ${revokedTokens} WHERE ${eq(revokedTokens.jti, jti)})`;
      const [client] = await db
        .select({ id: clients.id })
        .from(clients)
        .where(
          and(
            eq(clients.tenantId, tenantId),
            eq(clients.id, clientId),
            lte(clients.createdAt, secondEndsAt),
            sql`NOT ${isRevoked}`,
          ),
        );
      return client !== undefined;
    },
  };
}

async function read(db: Database, tenantId: string, clientId: string) {
  const [row] = await db
    .select()
    .from(clients)
    .where(and(eq(clients.tenantId, tenantId), eq(clients.id, clientId)));
  if (!row) {
    return null;
  }
  return { client: clientOf(row), secretHash: row.secretHash };
}
