import { Refused } from "../core/refused.ts";

/** What is wrong with a part of a request, by its name. The issue goes on where the name ends. */
export function invalidParameter(field: string, issue: string): Refused<"invalid_request"> {
  return new Refused("invalid_request", { fields: [{ field, issue }] });
}
