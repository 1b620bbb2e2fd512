import type { Context } from "../ports.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { administered } from "./administered.ts";
import type { ClientRecord } from "./client-records.ts";
import { CLIENTS_TENANT } from "./client-target.ts";
import { pageOf } from "./page-of.ts";

/** Every client, by id, without its secret. */
export const listClients = administered(
  { scopes: ["admin:clients"], operator: true },
  async (
    { clientRecords }: Context,
    { after, most }: { caller: AdminCaller; after: string | null; most: number },
  ): Promise<{ clients: ClientRecord[]; next: string | null }> => {
    const found = await clientRecords.list(CLIENTS_TENANT, after, most + 1);
    const { items, next } = pageOf(found, most, ({ id }) => id);
    return { clients: items, next };
  },
);
