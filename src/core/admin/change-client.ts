import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import type { ClientChange, ClientRecord } from "./client-records.ts";
import { contradictionsIn } from "./client-rules.ts";
import { clientTarget, findClientWithin, type OneClient, reachesClient } from "./client-target.ts";

/** Changes the names of a client, what it may ask for and where it leads back to. */
export const changeClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, clientId, change }: OneClient & { change: ClientChange },
  ): Promise<
    ClientRecord | Refused<"invalid_request" | "client_unknown" | "client_out_of_reach">
  > => {
    const client = await findClientWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    const changed = { ...client, ...change };
    const fields = contradictionsIn(changed);
    if (fields.length > 0) {
      return new Refused("invalid_request", { fields });
    }
    if (!reachesClient(caller, changed)) {
      return new Refused("client_out_of_reach");
    }
    const event = operatorEvent(context, caller, "client-changed", {
      targetId: clientTarget(clientId),
      subject: Object.keys(change).join(", ") || null,
    });
    const isDone = await context.clientRecords.change(client, change, event);
    return isDone ? changed : new Refused("client_unknown");
  },
);
