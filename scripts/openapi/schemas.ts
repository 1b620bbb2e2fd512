import * as z from "zod";
import type { Schema } from "../../src/reference/types.ts";

/** What a client sends, before it is read: as JSON Schema. Rules beyond it are refused with words. */
export function requestSchema(schema: z.ZodType): Schema {
  const { $schema, ...converted } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override,
  });
  return converted as Schema;
}

/** Shapes of answers under their names, by which they refer to each other. */
export function shapeSchemas(names: ReadonlyMap<z.ZodType, string>): Record<string, Schema> {
  const registry = z.registry<{ id: string }>();
  for (const [shape, id] of names) {
    registry.add(shape, { id });
  }
  const uri = (id: string) => `#/components/schemas/${id}`;
  const { schemas } = z.toJSONSchema(registry, { uri, override });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [name, schema as Schema]),
  );
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"]>;

/** Takes out what says nothing, and puts in what holds of a text as it is read. */
const override: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema instanceof z.ZodPipe) {
    Object.assign(jsonSchema, limitsAsRead(jsonSchema as Schema, zodSchema.out as z.ZodType));
  }
  if (jsonSchema.format || jsonSchema.type === "integer") {
    delete jsonSchema.pattern;
  }
  if (jsonSchema.type === "integer" && typeof jsonSchema.default === "string") {
    jsonSchema.default = Number(jsonSchema.default);
  }
  if (Math.abs(Number(jsonSchema.minimum)) === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.minimum;
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.maximum;
  }
  delete jsonSchema.propertyNames;
};

/** What is asked of a text that was trimmed, or made a number of, holds of what is sent, or nearly so. */
function limitsAsRead(sent: Schema, out: z.ZodType): Schema {
  const read = z.toJSONSchema(out, { unrepresentable: "any" }) as Schema;
  const { type, format, minimum, maximum, minLength, maxLength } = read;
  if (type === "integer") {
    return { type, ...defined({ minimum, maximum }) };
  }
  return defined({
    format,
    minLength: stricter(Math.max, sent.minLength, minLength),
    maxLength: stricter(Math.min, sent.maxLength, maxLength),
  });
}

function stricter(of: (...limits: number[]) => number, ...limits: (number | undefined)[]) {
  const known = limits.filter((limit) => limit !== undefined);
  return known.length > 0 ? of(...known) : undefined;
}

function defined(limits: { [K in keyof Schema]?: Schema[K] | undefined }): Schema {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}
