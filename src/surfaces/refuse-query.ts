import type { HonoRequest } from "hono";
import { Refused } from "../core/refused.ts";
import { shownName } from "./shown-name.ts";
import type { Surface } from "./surface.ts";

/** What a contract takes in no query string, whoever asks and for whatever. Null where there is none. */
export function refuseQuery(
  request: HonoRequest,
  { neverInQuery = [], onceInQuery }: Surface,
): Refused<"invalid_request"> | null {
  const said = Object.entries(request.queries());
  if (said.some(([name]) => neverInQuery.includes(name.toLowerCase()))) {
    return refused("must not carry credentials: send them in the JSON body");
  }
  const [repeated] = said.find(([, values]) => values.length > 1) ?? [];
  return onceInQuery && repeated !== undefined
    ? refused(`has ${shownName(repeated)} more than once`)
    : null;
}

function refused(issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field: "query", issue }] });
}
