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

/** Takes out what says nothing, and puts in the format of a text that is trimmed before it is read. */
const override: Override = ({ zodSchema, jsonSchema }) => {
  if (zodSchema instanceof z.ZodPipe) {
    const { format } = z.toJSONSchema(zodSchema.out, { unrepresentable: "any" });
    Object.assign(jsonSchema, format && { format });
  }
  if (jsonSchema.format) {
    delete jsonSchema.pattern;
  }
  if (Math.abs(Number(jsonSchema.minimum)) === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.minimum;
  }
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.maximum;
  }
  delete jsonSchema.propertyNames;
};
