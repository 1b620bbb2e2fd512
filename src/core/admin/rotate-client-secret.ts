import type { Context } from "../ports.ts";
import { Refused } from "../refused.ts";
import { operatorEvent } from "./admin-event.ts";
import { administered } from "./administered.ts";
import { clientTarget, findClientWithin, type OneClient } from "./client-target.ts";
import type { ClientWithSecret } from "./client-with-secret.ts";

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
    ClientWithSecret | Refused<"client_unknown" | "client_public" | "client_out_of_reach">
  > => {
    const client = await findClientWithin(context, caller, clientId);
    if (client instanceof Refused) {
      return client;
    }
    if (!client.isConfidential) {
      return new Refused("client_public");
    }
    const secret = context.randomness.token();
    const event = operatorEvent(context, caller, "client-secret-rotated", {
      targetId: clientTarget(clientId),
    });
    const isDone = await context.clientRecords.replaceSecret(client, secret, event);
    return isDone ? { client, secret } : new Refused("client_unknown");
  },
);
