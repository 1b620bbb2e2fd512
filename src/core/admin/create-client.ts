import type { Client } from "../client/client.ts";
import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import type { AdminCaller } from "./admin-caller.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import type { NewClient } from "./client-records.ts";
import { contradictionsIn } from "./client-rules.ts";
import { CLIENTS_TENANT, clientTarget, reachesClient } from "./client-target.ts";
import type { ClientWithSecret } from "./client-with-secret.ts";

/** Registers a client. Whoever asks gives it no power over this service that they lack. */
export const createClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, client: asked }: { caller: AdminCaller; client: NewClient },
  ): Promise<
    ClientWithSecret | Refused<"invalid_request" | "client_taken" | "client_out_of_reach">
  > => {
    const fields = contradictionsIn(asked);
    if (fields.length > 0) {
      return new Refused("invalid_request", { fields });
    }
    if (!reachesClient(caller, asked)) {
      return new Refused("client_out_of_reach");
    }
    const { clientRecords, randomness } = context;
    const client: Client = { ...asked, tenantId: CLIENTS_TENANT };
    const secret = asked.isConfidential ? randomness.token() : null;
    const event = operatorEvent(context, caller, "client-created", {
      targetId: clientTarget(client.id),
    });
    const createdAt = await clientRecords.insert(client, secret, event);
    return createdAt ? { client: { ...client, createdAt }, secret } : new Refused("client_taken");
  },
);
