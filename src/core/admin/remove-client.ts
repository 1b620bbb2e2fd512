import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { clientTarget, findClientWithin, type OneClient } from "./client-target.ts";

/** Removes a client. What people opened for it goes no further. */
export const removeClient = administered(
  { scopes: ["admin:clients"], operator: true, changes: true },
  async (
    context: Context,
    { caller, clientId }: OneClient,
  ): Promise<void | Refused<"client_unknown" | "client_out_of_reach">> => {
    const client = await findClientWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    const event = operatorEvent(context, caller, "client-removed", {
      targetId: clientTarget(clientId),
    });
    if (!(await context.clientRecords.remove(client, event))) {
      return new Refused("client_unknown");
    }
  },
);
