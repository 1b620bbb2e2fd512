import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { Audience, Input, Operation, Output, ReasonOf } from "../core/operations.ts";
import type { Refused, UniversalReason } from "../core/refused.ts";
import type { Terms } from "../core/terms.ts";

/** One wire contract over the shared operations: two tables, an envelope and its terms. */
export interface Surface<R extends Routes = Routes> {
  terms: Terms;
  /** Where its paths begin: what is unknown below is refused in its words. */
  base: `/${string}`;
  routes: R;
  /** Words for exactly the reasons its operations can give, and for those any request can meet. */
  refusals: Readonly<Record<ReasonOf<keyof R & Operation> | UniversalReason, Wording>>;
  /** The envelope of a refusal. */
  refuse: (wording: Wording, refused: Refused, now: Date) => Reply;
}

export type Routes = { readonly [Op in Operation]?: Route<Op> };

/** A row of the routes table. Endpoints are written whole, so that a URL can be searched for. */
export type Route<Op extends Operation> = readonly [
  endpoint: Endpoint,
  audience: Audience<Op>,
  request: z.ZodType<RequestOf<Op>, unknown>,
  status: ContentfulStatusCode,
  reply: (output: Output<Op>, terms: Terms) => Reply,
];

type RequestOf<Op extends Operation> = Omit<Input<Op>, "caller">;
export type Endpoint = `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;

/** A row once its operation no longer matters, as `mount` sees it. */
export type AnyRoute = readonly [
  endpoint: Endpoint,
  audience: "anyone" | "bearer" | "bearer or page",
  request: z.ZodType<object, unknown>,
  status: ContentfulStatusCode,
  reply: (output: never, terms: Terms) => Reply,
];

/** A row of the refusals table. */
export type Wording = readonly [status: ContentfulStatusCode, code: string, message: string];

export interface Reply {
  body: object;
  headers?: Readonly<Record<string, string>>;
}

/** Checks a contract: known operations only, and a word for every reason they can give. */
export function surface<const R extends Routes>(
  contract: Surface<R> & { routes: { [K in Exclude<keyof R, Operation>]: never } },
): Surface {
  return contract as unknown as Surface;
}
