import type { Reason } from "../../src/core/refused.ts";
import type { Components, Media, Ref, Response } from "../../src/reference/types.ts";
import { headersOf } from "./headers.ts";

/** A refusal as one contract, or OAuth, words it. */
export interface WordedRefusal {
  reason: Reason;
  status: number;
  text: string;
  /** The whole answer; null where it has no body. */
  body: object | null;
  headers: Readonly<Record<string, string>>;
}

/** Names what is shared by its owner: `planasonix.invalid_credentials`. */
export type Shared = Pick<Components, "examples" | "headers" | "responses">;

/** The responses that say no, by status, with each reason's own words as an example. */
export function refusalResponses(
  owner: string,
  schema: Ref,
  refusals: readonly WordedRefusal[],
  shared: Shared,
): Record<string, Ref | Response> {
  const byStatus = Map.groupBy(refusals, ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [String(status), oneStatus(owner, schema, all, shared)]),
  );
}

function oneStatus(
  owner: string,
  schema: Ref,
  refusals: readonly WordedRefusal[],
  shared: Shared,
): Ref | Response {
  const response: Response = {
    description: [...new Set(refusals.map(({ text }) => text))].join(" "),
    ...headersOf([...new Set(refusals.flatMap(({ headers }) => Object.keys(headers)))], shared),
    ...contentOf(owner, schema, refusals, shared),
  };
  const [only, ...more] = refusals;
  if (!only || more.length > 0) {
    return response;
  }
  const name = `${owner}.${only.reason}`;
  shared.responses[name] = response;
  return { $ref: `#/components/responses/${name}` };
}

function contentOf(
  owner: string,
  schema: Ref,
  refusals: readonly WordedRefusal[],
  shared: Shared,
): Pick<Response, "content"> {
  const shown = new Map<string, string>();
  for (const { reason, body } of refusals) {
    const text = JSON.stringify(body);
    if (body && !shown.has(text)) {
      const name = `${owner}.${reason}`;
      shown.set(text, reason);
      shared.examples[name] = { value: body };
    }
  }
  const examples = Object.fromEntries(
    [...shown.values()].map((reason) => [
      reason,
      { $ref: `#/components/examples/${owner}.${reason}` },
    ]),
  );
  const media: Media = { schema, examples };
  return shown.size > 0 ? { content: { "application/json": media } } : {};
}
