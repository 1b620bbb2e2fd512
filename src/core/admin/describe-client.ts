import type { Context } from "../ports.ts";
import type { Refused } from "../refused.ts";
import { administered } from "./administered.ts";
import type { ClientRecord } from "./client-records.ts";
import { findClientRecord, type OneClient } from "./client-target.ts";

/** One client as it is registered, without its secret. */
export const describeClient = administered(
  { scopes: ["admin:clients"], operator: true },
  async (
    context: Context,
    { clientId }: OneClient,
  ): Promise<ClientRecord | Refused<"client_unknown">> => findClientRecord(context, clientId),
);
