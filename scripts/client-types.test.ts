import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { typeOf } from "./client-types/type-of.ts";
import { WIRE, wireText } from "./client-types.ts";

test("the client's types are those of the reference", async () => {
  assert.equal(readFileSync(WIRE, "utf8"), await wireText());
});

test("a type says what a schema says: what may be missing, be null or be one of some", () => {
  const schemas = { Name: { type: ["string", "null"] } };
  const schema = {
    type: "object",
    required: ["name", "role", "scopes"],
    properties: {
      name: { $ref: "#/components/schemas/Name" },
      role: { enum: ["user", "admin"] },
      scopes: { type: "array", items: { anyOf: [{ type: "string" }, { const: 7 }] } },
      notes: { type: "object", additionalProperties: { type: "boolean" }, description: "Any." },
    },
  };
  assert.equal(
    typeOf(schema, schemas),
    `{
"name": string | null;
"role": "user" | "admin";
"scopes": (string | 7)[];
/** Any. */
"notes"?: Record<string, boolean>;
}`,
  );
});

test("a type says of which fields one has to be there", () => {
  const text = { type: "string" };
  const schema = {
    type: "object",
    required: ["token"],
    properties: { token: text, code: text, recoveryCode: text },
    anyOf: [{ required: ["code"] }, { required: ["recoveryCode"] }],
  };
  assert.equal(
    typeOf(schema, {}).replaceAll("\n", ""),
    '{"token": string;"code"?: string;"recoveryCode"?: string;} & ({"code": string;} | {"recoveryCode": string;})',
  );
});

test("what cannot be said is a problem, and no `unknown`", () => {
  for (const schema of [{}, { type: "object" }, { type: "array" }, { $ref: "#/nowhere" }]) {
    assert.throws(() => typeOf(schema, {}), /cannot be said in TypeScript/);
  }
});
