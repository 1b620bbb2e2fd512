import * as z from "zod";
import { shownName } from "../http/shown-name.ts";

/** The parts of a request that a row's schema may read. */
export interface RequestParts {
  /** Parsed JSON; undefined where none was sent. */
  body?: unknown;
  /** What the path's `:names` stand for, decoded. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  cookies: Readonly<Record<string, string>>;
}

/** Reads one part alone, which is the whole of most requests. */
export function from<P extends keyof RequestParts, T extends z.ZodType>(part: P, schema: T) {
  return z
    .object({ [part]: schema } as { [K in P]: T })
    .transform((parts) => (parts as { [K in P]: z.output<T> })[part]);
}

/** A JSON object with these fields; others in it are ignored. */
export function object<S extends z.ZodRawShape>(shape: S) {
  return z.object(shape, { error: "must be an object" });
}

/** How many unknown names are told by name. */
const NAMED_MAX = 3;

/**
 * An object with these fields alone. Others are refused by name: one that was spelled wrong does not do
 * less, or more, than was meant, and say nothing.
 */
export function onlyThese<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape).join(", ") || "nothing";
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `has ${listed(issue.keys)}, unknown here: it takes ${known}`
        : "must be an object",
  });
}

function listed(names: readonly string[]): string {
  const named = names.slice(0, NAMED_MAX).map(shownName).join(", ");
  return names.length > NAMED_MAX ? `${named} and ${names.length - NAMED_MAX} more` : named;
}

/**
 * An object with one of these fields there, which all may be absent: the first is what is missing otherwise.
 * The API reference reads it off the schema.
 */
export function withOneOf<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  ...[first, ...others]: [keyof S & string, ...(keyof S & string)[]]
) {
  const names = [first, ...others];
  return schema
    .refine(
      (given) => names.some((name) => (given as Record<string, unknown>)[name] !== undefined),
      {
        path: [first],
        error: "is required",
      },
    )
    .meta({ anyOf: names.map((name) => ({ required: [name] })) });
}

/** For rows that need nothing but to be asked. */
export const nothing = z.unknown().transform(() => ({}));
