import type { Operation } from "../../src/core/operations.ts";
import type { AnyAudience, AnyRoute } from "../../src/surfaces/surface.ts";
import { describedOperation } from "./operations.ts";

/** A scheme by its name; an empty way is to say nothing. */
type Way = Record<string, never[]>;

/** How a caller may prove who they are: by one of these; by nothing where nobody has to. */
export function securityOf(
  contract: string,
  rows: readonly (readonly [Operation, AnyRoute])[],
): Way[] {
  const ways = rows.flatMap(([name, [, audience]]) => waysOf(contract, audience, name));
  const all = [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
  return all.every((way) => Object.keys(way).length === 0) ? [] : all;
}

function waysOf(contract: string, audience: AnyAudience, name: Operation): Way[] {
  switch (audience) {
    case "bearer":
    case "administrator":
      return [{ bearer: [] }];
    case "bearer or key":
      return [{ bearer: [] }, { [`${contract}Key`]: [] }];
    case "bearer or page":
      return [{ bearer: [] }, { page: [] }];
    case "bearer or cookie":
      return [{ bearer: [] }, { [contract]: [] }];
    case "bearer unread":
      return describedOperation(name)[1].some((reason) => reason === "unauthenticated")
        ? [{ bearer: [] }]
        : [{}, { bearer: [] }];
    case "bearer or cookie unread":
      return [{}, { bearer: [] }, { [contract]: [] }];
    case "bearer if any":
      return [{}, { bearer: [] }];
    default:
      return [{}];
  }
}
