import type { HonoRequest } from "hono";
import { Refused } from "../core/refused.ts";
import { shownName } from "../http/shown-name.ts";
import type { Surface } from "./surface.ts";

/** What a contract takes in no query string, whoever asks and for whatever. Null where there is none. */
export function refuseQuery(
  request: HonoRequest,
  { neverInQuery = [], namesOnce }: Surface,
): Refused<"invalid_request"> | null {
  const said = Object.entries(request.queries());
  if (said.some(([name]) => neverInQuery.includes(name.toLowerCase()))) {
    return refused("must not carry credentials: send them in the JSON body");
  }
  return namesOnce ? refuseNames(request.url, said) : null;
}

/** One that is empty is not among those that the framework tells of. */
function refuseNames(url: string, said: readonly [string, string[]][]) {
  const [repeated] = said.find(([, values]) => values.length > 1) ?? [];
  if (repeated !== undefined) {
    return refused(`has ${shownName(repeated)} more than once`);
  }
  return new URL(url).searchParams.has("") ? refused("has a parameter without a name") : null;
}

function refused(issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field: "query", issue }] });
}
