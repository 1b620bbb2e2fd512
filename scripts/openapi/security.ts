import { scopesThatOpen } from "../../src/core/admin/administered.ts";
import { type Operation, operations } from "../../src/core/operations.ts";
import type { AnyAudience, AnyRoute } from "../../src/surfaces/surface.ts";
import { describedOperation } from "./operations.ts";

/** A scheme by its name, with the scopes that it takes; an empty way is to say nothing. */
type Way = Record<string, string[]>;

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
      return [{ bearer: [] }];
    case "administrator":
      return [{ bearer: [] }, ...scopesOf(name).map((administration) => ({ administration }))];
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

/** Lists of which a token that is held to scopes needs one, as the operation itself demands. */
function scopesOf(name: Operation): string[][] {
  const operation = operations[name];
  return "demand" in operation ? scopesThatOpen(operation.demand) : [];
}
