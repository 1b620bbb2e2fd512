import type { Client } from "../client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { DEFAULT_TENANT_ID } from "../tenant/tenant.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import { adminScopesIn } from "./admin-scope.ts";
import { administered } from "./administered.ts";
import type { ClientChange, ClientRecord, NewClient } from "./client-records.ts";
import { contradictionsIn } from "./client-rules.ts";
import { pageOf } from "./page-of.ts";

/** OAuth is served for the default tenant alone, and so are its clients. */
const tenantId = DEFAULT_TENANT_ID;
const targetId = (clientId: string) => `client:${clientId}`;

/** A client with its secret, which is shown this once; null for a public one. */
export type ClientWithSecret = { client: ClientRecord; secret: string | null };

export const listClients = administered(
  { scopes: ["admin:clients"], operator: true },
  async (
    { clientRecords }: Context,
    { after, most }: { caller: AdminCaller; after: string | null; most: number },
  ): Promise<{ clients: ClientRecord[]; next: string | null }> => {
    const found = await clientRecords.list(tenantId, after, most + 1);
    const { items, next } = pageOf(found, most, ({ id }) => id);
    return { clients: items, next };
  },
);

export const describeClient = administered(
  { scopes: ["admin:clients"], operator: true },
  async (
    context: Context,
    { clientId }: OneClient,
  ): Promise<ClientRecord | Refused<"client_unknown">> => find(context, clientId),
);

/** Registers a client. Whoever asks gives it no power over this service that they lack. */
export const createClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, client: asked }: { caller: AdminCaller; client: NewClient },
  ): Promise<
    ClientWithSecret | Refused<"invalid_request" | "client_taken" | "target_out_of_reach">
  > => {
    const fields = contradictionsIn(asked);
    if (fields.length > 0) {
      return new Refused("invalid_request", { fields });
    }
    if (!reachesClient(caller, asked)) {
      return new Refused("target_out_of_reach");
    }
    const { clientRecords, randomness } = context;
    const client: Client = { ...asked, tenantId };
    const secret = asked.isConfidential ? randomness.token() : null;
    const event = operatorEvent(context, caller, "client-created", {
      targetId: targetId(client.id),
    });
    const createdAt = await clientRecords.insert(client, secret, event);
    return createdAt ? { client: { ...client, createdAt }, secret } : new Refused("client_taken");
  },
);

/** Changes its names, what it may ask for and where it leads back to. */
export const changeClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, clientId, change }: OneClient & { change: ClientChange },
  ): Promise<
    ClientRecord | Refused<"invalid_request" | "client_unknown" | "target_out_of_reach">
  > => {
    const client = await findWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    const changed = { ...client, ...change };
    const fields = contradictionsIn(changed);
    if (fields.length > 0) {
      return new Refused("invalid_request", { fields });
    }
    if (!reachesClient(caller, changed)) {
      return new Refused("target_out_of_reach");
    }
    const event = operatorEvent(context, caller, "client-changed", {
      targetId: targetId(clientId),
      subject: Object.keys(change).join(", ") || null,
    });
    const isDone = await context.clientRecords.change(client, change, event);
    return isDone ? changed : new Refused("client_unknown");
  },
);

/**
 * Gives a confidential client another secret, shown this once. A Worker that remembers the one before
 * takes it for a minute more: a client whose secret has leaked is removed instead.
 */
export const rotateClientSecret = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, clientId }: OneClient,
  ): Promise<
    ClientWithSecret | Refused<"client_unknown" | "client_public" | "target_out_of_reach">
  > => {
    const client = await findWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    if (!client.isConfidential) {
      return new Refused("client_public");
    }
    const secret = context.randomness.token();
    const event = operatorEvent(context, caller, "client-secret-rotated", {
      targetId: targetId(clientId),
    });
    const isDone = await context.clientRecords.replaceSecret(client, secret, event);
    return isDone ? { client, secret } : new Refused("client_unknown");
  },
);

/** Removes a client. What people opened for it goes no further. */
export const removeClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, clientId }: OneClient,
  ): Promise<void | Refused<"client_unknown" | "target_out_of_reach">> => {
    const client = await findWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    const event = operatorEvent(context, caller, "client-removed", {
      targetId: targetId(clientId),
    });
    if (!(await context.clientRecords.remove(client, event))) {
      return new Refused("client_unknown");
    }
  },
);

interface OneClient {
  caller: AdminCaller;
  clientId: string;
}

async function find(
  { clientRecords }: Context,
  clientId: string,
): Promise<ClientRecord | Refused<"client_unknown">> {
  return (await clientRecords.find(tenantId, clientId)) ?? new Refused("client_unknown");
}

/** Whoever could change a client with more power than their own would have that power. */
async function findWithin(
  context: Context,
  caller: AdminCaller,
  clientId: string,
): Promise<ClientRecord | Refused<"client_unknown" | "target_out_of_reach">> {
  const client = await find(context, clientId);
  return client instanceof Refused || reachesClient(caller, client)
    ? client
    : new Refused("target_out_of_reach");
}

/**
 * Whether a caller has all that a client's scopes open in the admin API; a plain sign-in has all. A
 * first-party client gets tokens of whoever is signed in without asking, a superadmin's among them:
 * it is people's alone, or a secret that leaks would reach them all.
 */
function reachesClient({ person, scopes }: AdminCaller, client: NewClient): boolean {
  const holds =
    scopes === null || adminScopesIn(client.scopes).every((scope) => scopes.includes(scope));
  return holds && (person !== null || !client.isFirstParty);
}
