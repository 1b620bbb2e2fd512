import type { HonoRequest } from "hono";
import type * as z from "zod";
import type { ClientCredentials } from "../core/oauth/authenticate-client.ts";
import type { ClientTokens } from "../core/oauth/client-tokens.ts";
import type { Operation } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import { Refused } from "../core/refused.ts";
import type { Refusal } from "./endpoint.ts";
import type { Parameters } from "./parameters.ts";
import { pick } from "./pick.ts";

/** One way to get tokens. */
export interface Grant {
  operation: Operation;
  /** What it reads beside `grant_type` and the client's credentials. */
  schema: z.ZodObject;
  redeem(
    context: Context,
    asked: GrantRequest & { parameters: Parameters },
  ): Promise<ClientTokens | Refusal>;
  /** What is said beside the answer. */
  headers?(request: HonoRequest, answer: ClientTokens | Refusal): Record<string, string>;
}

export interface GrantRequest {
  credentials: ClientCredentials;
  request: HonoRequest;
}

/** What is unique to a `grant_type`: it is redeemed with what its schema has read. */
interface GrantRule<S extends z.ZodObject> extends Omit<Grant, "schema" | "redeem"> {
  schema: S;
  redeem(
    context: Context,
    asked: GrantRequest & { said: z.output<S> },
  ): Promise<ClientTokens | Refusal>;
}

export function defineGrant<S extends z.ZodObject>(rule: GrantRule<S>): Grant {
  return {
    ...rule,
    async redeem(context, { parameters, ...asked }) {
      const said = pick(parameters, rule.schema);
      return said instanceof Refused ? said : rule.redeem(context, { ...asked, said });
    },
  };
}
