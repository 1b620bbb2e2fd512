import type * as z from "zod";
import { Refused } from "../core/refused.ts";
import { type Parameters, REPEATED } from "./parameters.ts";

/** The parameters that a schema names; others are ignored. */
export function pick<S extends z.ZodObject>(
  parameters: Parameters,
  schema: S,
): z.output<S> | Refused<"invalid_request"> {
  const said = Object.keys(schema.shape).map((name) => {
    const values = parameters.get(name) ?? [];
    return [name, name === REPEATED ? values : values[0]];
  });
  const parsed = schema.safeParse(Object.fromEntries(said));
  return parsed.success
    ? parsed.data
    : new Refused("invalid_request", {
        fields: parsed.error.issues.map(({ path, message }) => ({
          field: String(path[0]),
          issue: message,
        })),
      });
}
