import type { ContentfulStatusCode, StatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import type { Audience, Input, Operation, Output, ReasonOf } from "../core/operations.ts";
import type { Refused, UniversalReason } from "../core/refused.ts";
import type { Terms } from "../core/terms.ts";

/** One wire contract over the shared operations: two tables, an envelope and its terms. */
export interface Surface<R extends Routes = Routes> {
  terms: Terms;
  /**
   * Where its paths begin; what is unknown below is refused in its words. Endpoints are written
   * under the first and served under all of them. A `:tenant` names a tenant by its slug.
   */
  bases: readonly [`/${string}`, ...`/${string}`[]];
  routes: R;
  /** Words for exactly the reasons its operations can give, and for those any request can meet. */
  refusals: Readonly<
    Record<ReasonOf<keyof R & Operation> | RowReason<R> | UniversalReason, Wording>
  >;
  /** The envelope of a refusal. */
  refuse: (wording: Wording, refused: Refused, now: Date) => Reply;
  /** On every answer. */
  headers?: Readonly<Record<string, string>>;
  /** A header that may bring a key, beside `Authorization: Bearer`. */
  keyHeader?: string;
  /**
   * Names, in lower case, that are refused in a query string: what belongs in the body would end up
   * in logs.
   */
  neverInQuery?: readonly string[];
  /**
   * A name that stands twice in a query string, or in an object of the body, is refused: which of the two
   * is meant nobody knows. So is a parameter without one.
   */
  namesOnce?: true;
  /** A name in the query string by which a request asks for another tenant than the default one. */
  tenantParameter?: string;
  /** A cookie that may bring an access token, where a row says so. */
  sessionCookie?: string;
}

/** What can stand in the way of a row because of whom it serves. */
type RowReason<R extends Routes> = {
  [Op in keyof R]: R[Op] extends readonly [Endpoint, infer A, ...unknown[]]
    ? AudienceReasons<A>
    : never;
}[keyof R];

type AudienceReasons<A> = A extends "bearer or page" | "bearer or cookie" | "same origin"
  ? "cross_site"
  : A extends "bearer or cookie unread"
    ? "cross_site"
    : A extends "anyone without a key"
      ? "insufficient_scope" | "access_token_invalid"
      : A extends "administrator"
        ? "rate_limited"
        : never;

export type Routes = { readonly [Op in Operation]?: Route<Op> };

/** A row of the routes table. Endpoints are written whole, so that a URL can be searched for. */
export type Route<Op extends Operation> = readonly [
  endpoint: Endpoint,
  audience: Audience<Op>,
  request: z.ZodType<RequestOf<Op>>,
  status: StatusCode,
  reply: (output: Output<Op>, terms: Terms) => Reply,
  /** Which bodies this row is for, where one endpoint serves two operations. */
  when?: (body: unknown) => boolean,
];

/** What is left for the request to bring once it is known who asks. */
type RequestOf<Op extends Operation> =
  Input<Op> extends { caller: unknown } ? Omit<Input<Op>, "caller"> : Omit<Input<Op>, "sessionId">;
export type Endpoint = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`;

/** A row once its operation no longer matters, as `mount` sees it. */
export type AnyRoute = readonly [
  endpoint: Endpoint,
  audience: AnyAudience,
  request: z.ZodType<object>,
  status: StatusCode,
  reply: (output: never, terms: Terms) => Reply,
  when?: (body: unknown) => boolean,
];

export type AnyAudience = Audience<Operation>;

/** A row of the refusals table. */
export type Wording = readonly [status: ContentfulStatusCode, code: string, message: string];

export interface Reply {
  /** Absent in answers without content. */
  body?: object;
  headers?: Readonly<Record<string, string>>;
  cookies?: readonly Cookie[];
}

/** A reply whose body has a shape that the API reference shows: to differ from it does not compile. */
export type Showing<Shape extends z.ZodType<object>> = Reply & { body: z.output<Shape> };

/** A cookie that no script can read and only TLS carries. */
export interface Cookie {
  name: string;
  /** Empty to make the browser forget it, with a `maxAgeSeconds` of 0. */
  value: string;
  path: string;
  sameSite: "Lax" | "Strict";
  maxAgeSeconds: number;
}

/** Checks a contract: known operations only, and a word for every reason they can give. */
export function surface<const R extends Routes>(
  contract: Surface<R> & { routes: { [K in Exclude<keyof R, Operation>]: never } },
): Surface {
  return contract as unknown as Surface;
}
