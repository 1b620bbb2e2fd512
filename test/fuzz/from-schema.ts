import fc from "fast-check";
import type * as z from "zod/v4/core";
import { long } from "./texts.ts";

/** What a text of that name is meant to be, whatever form its schema asks for. */
export type Meanings = Readonly<Record<string, fc.Arbitrary<string>>>;

const FORMATS: Readonly<Record<string, readonly string[]>> = {
  email: ["robin@example.test", "ROBIN+a@Example.TEST", "o'neil@b.test"],
  url: ["https://example.test", "http://example.test:1/a?b#c"],
  guid: ["0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21", "00000000-0000-0000-0000-000000000000"],
  datetime: ["2031-01-31T12:00:00Z", "1970-01-01T00:00:00+23:59", "9999-12-31T23:59:59.999999Z"],
};
const ORDINARY = ["Robin", "Ünï Cødé 🦦", "x", "two words"];

/**
 * Values that a schema is likely to take, found by its own definition. Absent fields are `undefined`.
 * Throws for a kind of schema that it has not met: whoever brings one says here what fits it.
 */
export function fitting(schema: z.$ZodType, meanings: Meanings, name = ""): fc.Arbitrary<unknown> {
  const { def } = (schema as z.$ZodTypes)._zod;
  const inner = (of: z.$ZodType) => fitting(of, meanings, name);
  switch (def.type) {
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries(def.shape).map(([key, field]) => [key, fitting(field, meanings, key)]),
        ),
      );
    case "pipe":
      return inner(def.out._zod.def.type === "transform" ? def.in : def.out);
    case "optional":
      return fc.option(inner(def.innerType), { nil: undefined });
    case "default":
    case "prefault":
      return fc.option(inner(def.innerType), { nil: undefined, freq: 2 });
    case "nullable":
      return fc.option(inner(def.innerType), { nil: null, freq: 20 });
    case "array":
      return fc.array(inner(def.element), { maxLength: 3 });
    case "string":
      return text(schema as z.$ZodString, meanings[name]);
    case "enum":
      return meanings[name] ?? fc.constantFrom(...Object.values(def.entries));
    case "number":
      // In a query string, where all is text.
      return fc.constantFrom("1", "2", "50", "100");
    case "literal":
      return fc.constantFrom(...def.values);
    case "boolean":
      return fc.boolean();
    case "unknown":
      return fc.constant(undefined);
    default:
      throw new Error(`nothing is known that fits a schema of type ${def.type}, at "${name}"`);
  }
}

/** Mostly what is meant, and sometimes as long as may be, or one longer. */
function text(schema: z.$ZodString, meaning: fc.Arbitrary<string> | undefined) {
  const { maximum } = schema._zod.bag;
  const { format = "" } = schema._zod.def as { format?: string };
  const usual = meaning ?? fc.constantFrom(...(FORMATS[format] ?? ORDINARY));
  return maximum === undefined
    ? usual
    : fc.oneof(
        { weight: 12, arbitrary: usual },
        { weight: 1, arbitrary: long([maximum, maximum + 1]) },
      );
}
