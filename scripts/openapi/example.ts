import type { Schema } from "../../src/reference/types.ts";
import { contractExamples, fieldExamples } from "./field-examples.ts";

const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2026-03-01T09:30:00Z",
  email: "ada@example.test",
  uri: "https://auth.example.com/device",
  uuid: "01926b1e-7a35-7c52-9a3b-5f3d2c1b0a99",
};
const BY_PATTERN: Readonly<Record<string, string>> = {
  "^usr_[0-9a-f]{32}$": "usr_01926b1e7a357c529a3b5f3d2c1b0a99",
  "^[0-9a-f]{24}$": "01926b1e7a355f3d2c1b0a99",
};

/** An example of a schema, made of what its fields are called. Throws for a field nobody gave one. */
export function exampleOf(
  schema: Schema,
  contract: string,
  schemas: Readonly<Record<string, Schema>>,
  name = "",
): unknown {
  const within = (part: Schema, called = name) => exampleOf(part, contract, schemas, called);
  const { $ref, anyOf, oneOf, properties, items, type } = schema;
  if ($ref) {
    return within(schemas[$ref.slice($ref.lastIndexOf("/") + 1)] ?? {});
  }
  const simple = simpleExample(schema, contract, name);
  if (simple !== undefined) {
    return simple;
  }
  if (type === "object") {
    // Of fields of which one has to be there, the first.
    const [, ...others] = anyOf ?? [];
    const left = others.flatMap(({ required = [] }) => required);
    return Object.fromEntries(
      Object.entries(properties ?? {})
        .filter(([field]) => !left.includes(field))
        .map(([field, part]) => [field, within(part, field)]),
    );
  }
  const [choice] = anyOf ?? oneOf ?? [];
  if (choice) {
    return within(choice);
  }
  if (type === "array") {
    return items?.not ? [] : [within(items ?? {})];
  }
  throw new Error(`${contract} has no example for "${name}": add one to field-examples.ts`);
}

function simpleExample(schema: Schema, contract: string, name: string): unknown {
  if (schema.const !== undefined) {
    return schema.const;
  }
  if (schema.examples) {
    return schema.examples[0];
  }
  if (schema.enum) {
    return schema.enum[0];
  }
  const isWhole = schema.type === "object" || (schema.type === "array" && schema.items?.properties);
  if (isWhole) {
    return undefined;
  }
  if (schema.pattern && BY_PATTERN[schema.pattern]) {
    return BY_PATTERN[schema.pattern];
  }
  const named = contractExamples[contract]?.[name] ?? fieldExamples[name];
  if (named === undefined) {
    return byType(schema);
  }
  return schema.type === "string" && named !== null ? String(named) : named;
}

function byType({ type, format }: Schema): unknown {
  return format ? BY_FORMAT[format] : { boolean: true, integer: 1 }[String(type)];
}
