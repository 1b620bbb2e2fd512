import type { HonoRequest } from "hono";
import type * as z from "zod";
import type { ClientCredentials } from "../core/oauth/authenticate-client.ts";
import type { ClientTokens } from "../core/oauth/client-tokens.ts";
import type { Operation } from "../core/operations.ts";
import type { Context } from "../core/ports.ts";
import type { Refusal } from "./endpoint.ts";
import type { Parameters } from "./parameters.ts";

/** One way to get tokens: what is unique to a `grant_type`. */
export interface Grant {
  operation: Operation;
  /** What it reads beside `grant_type` and the client's credentials. */
  schema: z.ZodObject;
  redeem(context: Context, asked: GrantRequest): Promise<ClientTokens | Refusal>;
  /** What is said beside the answer. */
  headers?(request: HonoRequest, answer: ClientTokens | Refusal): Record<string, string>;
}

export interface GrantRequest {
  credentials: ClientCredentials;
  parameters: Parameters;
  request: HonoRequest;
}
