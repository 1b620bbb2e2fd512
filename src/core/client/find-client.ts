import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { fenceRequests } from "../throttle/refuse.ts";
import type { Client } from "./client.ts";

/**
 * The client of this id. One that the isolate remembers costs nothing and counts for nothing; asking
 * the store for others is fenced by address, since anybody can make ids up.
 */
export async function findClient(
  context: Context,
  clientId: string,
): Promise<Client | null | Refused<"rate_limited">> {
  const { clients, tenantId } = context;
  const isCheap = clients.remembers(tenantId, clientId);
  const flooded = isCheap ? null : await fenceRequests(context, "client");
  return flooded ?? clients.find(tenantId, clientId);
}
