import { Problem } from "../problem.ts";

/** As much of JSON Schema as the reference uses. */
export interface Schema {
  $ref?: string;
  description?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
}

type Schemas = Readonly<Record<string, Schema>>;

const PLAIN: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

/** A schema as a TypeScript type. Throws for what it cannot say, rather than say `unknown`. */
export function typeOf(schema: Schema, schemas: Schemas): string {
  if (schema.$ref) {
    const named = schemas[schema.$ref.replace("#/components/schemas/", "")];
    return typeOf(named ?? unsayable(schema), schemas);
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  }
  if (schema.type === "object") {
    return objectType(schema, schemas) + oneOfThese(schema, schemas);
  }
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) {
    return alternatives.map((one) => typeOf(one, schemas)).join(" | ");
  }
  if (schema.type === "array" && schema.items) {
    return `(${typeOf(schema.items, schemas)})[]`;
  }
  if (schema.type === undefined) {
    return unsayable(schema);
  }
  return [schema.type]
    .flat()
    .map((type) => PLAIN[type] ?? unsayable(schema))
    .join(" | ");
}

function objectType(schema: Schema, schemas: Schemas): string {
  const { properties, required = [], additionalProperties } = schema;
  if (properties) {
    const fields = Object.entries(properties).map(([name, field]) => {
      const comment = field.description ? `/** ${field.description} */\n` : "";
      const mark = required.includes(name) ? "" : "?";
      return `${comment}${JSON.stringify(name)}${mark}: ${typeOf(field, schemas)};`;
    });
    return `{\n${fields.join("\n")}\n}`;
  }
  return typeof additionalProperties === "object"
    ? `Record<string, ${typeOf(additionalProperties, schemas)}>`
    : unsayable(schema);
}

/** Of which fields of an object one has to be there. */
function oneOfThese({ anyOf, properties = {} }: Schema, schemas: Schemas): string {
  const given = anyOf?.map(({ required = [] }) =>
    objectType(
      {
        properties: Object.fromEntries(required.map((name) => [name, properties[name] ?? {}])),
        required,
      },
      schemas,
    ),
  );
  return given ? ` & (${given.join(" | ")})` : "";
}

function unsayable(schema: Schema): never {
  throw new Problem(
    `${JSON.stringify(schema)} cannot be said in TypeScript.`,
    "Teach scripts/client-types/type-of.ts.",
  );
}
