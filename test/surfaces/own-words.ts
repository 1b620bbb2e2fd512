import type { Reason } from "../../src/core/refused.ts";
import { Refused } from "../../src/core/refused.ts";
import type { Surface, Wording } from "../../src/surfaces/surface.ts";
import { seen } from "../support/seen.ts";
import type { Answer } from "../support/service.ts";

/** A refusal as a contract words it, to be compared with what `heard` makes of an answer. */
export function inOwnWords(
  surface: Surface,
  refused: Reason | Refused,
  headers: Record<string, string> = {},
) {
  const refusal = refused instanceof Refused ? refused : new Refused(refused);
  const wordings: Readonly<Partial<Record<Reason, Wording>>> = surface.refusals;
  const wording = wordings[refusal.reason];
  if (!wording) {
    throw new Error(`${surface.terms.contract} has no words for ${refusal.reason}`);
  }
  return {
    status: wording[0] as number,
    headers: {
      "cache-control": "no-store",
      "content-type": "application/json",
      ...surface.headers,
      ...headers,
    },
    body: surface.refuse(wording, refusal, new Date()).body as unknown,
  };
}

/** An answer with its telling headers and those that the contract puts on every one. */
export function heard(surface: Surface, answer: Answer<unknown>) {
  const { headers, ...others } = seen(answer);
  const own = Object.keys(surface.headers ?? {}).map((name) => [name, answer.headers.get(name)]);
  return { ...others, headers: { ...headers, ...Object.fromEntries(own) } };
}

/** Fields that have the same problem. */
export function invalid(names: readonly string[], issue: string): Refused {
  return new Refused("invalid_request", { fields: names.map((field) => ({ field, issue })) });
}
