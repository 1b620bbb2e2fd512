import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { adminScopesIn } from "./admin-scope.ts";
import type { ClientRecord, NewClient } from "./client-records.ts";

/** OAuth is served for the default tenant alone, and so are its clients. */
export const CLIENTS_TENANT = DEFAULT_TENANT_ID;

/** What the audit log calls a client. */
export const clientTarget = (clientId: string) => `client:${clientId}`;

/** One client, and who asks about it. */
export interface OneClient {
  caller: AdminCaller;
  clientId: string;
}

export async function findClientRecord(
  { clientRecords }: Context,
  clientId: string,
): Promise<ClientRecord | Refused<"client_unknown">> {
  return (await clientRecords.find(CLIENTS_TENANT, clientId)) ?? new Refused("client_unknown");
}

/** Whoever could change a client with more power than their own would have that power. */
export async function findClientWithin(
  context: Context,
  caller: AdminCaller,
  clientId: string,
): Promise<ClientRecord | Refused<"client_unknown" | "client_out_of_reach">> {
  const client = await findClientRecord(context, clientId);
  return client instanceof Refused || reachesClient(caller, client)
    ? client
    : new Refused("client_out_of_reach");
}

/**
 * Whether a caller has all that a client's scopes open in the admin API; a plain sign-in has all. A
 * first-party client gets tokens of whoever is signed in without asking, a superadmin's among them:
 * it is people's alone, or a secret that leaks would reach them all.
 */
export function reachesClient({ person, scopes }: AdminCaller, client: NewClient): boolean {
  const holds =
    scopes === null || adminScopesIn(client.scopes).every((scope) => scopes.includes(scope));
  return holds && (person !== null || !client.isFirstParty);
}
