import { beforeAll, describe, expect, it } from "vitest";
import { SHORTEST_PASSWORD } from "../../src/core/password/shortest-password.ts";
import type { Schema } from "../../src/reference/types.ts";
import { reference } from "../support/reference.ts";
import { startService } from "../support/service.ts";
import { sendRaw } from "../surfaces/raw.ts";
import { superadmin } from "../surfaces/superadmin.ts";

const JSON_TYPE = "application/json";
const UUID = "0b9f6f4e-7c1d-4c57-9a53-2f0a3f1c8e21";
const service = startService();
let bearer: string;

beforeAll(async () => {
  bearer = await superadmin();
});

interface Described {
  id: string;
  method: string;
  path: string;
  /** What stands for a request with everything in it. */
  example: Readonly<Record<string, unknown>>;
  fields: Readonly<Record<string, Schema>>;
}

/** What every contract and the admin API takes as JSON, once. Of two forms it is the plain one. */
const described: Described[] = Object.entries(reference.paths).flatMap(([path, item]) =>
  Object.entries(item).flatMap(([method, { operationId: id, requestBody }]) => {
    const media = requestBody?.content[JSON_TYPE] as
      | { schema: unknown; example?: Described["example"] }
      | undefined;
    const schema = media?.schema as Schema | undefined;
    const fields = schema?.properties ?? schema?.anyOf?.at(-1)?.properties;
    const isTable = !/^(oauth|mail)\.|\.2$/.test(id);
    return isTable && media?.example && fields
      ? [{ id, method: method.toUpperCase(), path, example: media.example, fields }]
      : [];
  }),
);

function schemaOf(operation: string, field: string): Schema | undefined {
  return described.find(({ id }) => id === operation)?.fields[field];
}

function parameterOf(path: string, name: string): object | undefined {
  const { get, post } = reference.paths[path] ?? {};
  return (get ?? post)?.parameters?.find((parameter) => parameter.name === name)?.schema;
}

describe("what the reference says of a request", () => {
  it("is how short a password may not be, wherever one is set and nowhere else", () => {
    const passwords = described.flatMap(({ id, fields }) =>
      Object.entries(fields)
        .filter(([name, { type }]) => /password$/i.test(name) && type === "string")
        .map(([name, { minLength }]) => ({ field: `${id} ${name}`, minLength })),
    );
    const set = passwords.filter(({ minLength }) => minLength === SHORTEST_PASSWORD);

    expect(set.map(({ field }) => field)).toEqual([
      "planasonix.register password",
      "planasonix.resetPassword password",
      "planasonix.changePassword new_password",
      "lnchr.setUp password",
      "lnchr.changePassword new_password",
      "lnchr.setInitialPassword new_password",
      "lnchr.setInitialPassword password",
      "credebl.resetPassword password",
      "credebl.replacePassword newPassword",
      "credebl.signUp password",
      "pionne.registerAndSignIn password",
    ]);
    expect(passwords.filter(({ minLength }) => minLength === 1)).toHaveLength(
      passwords.length - set.length,
    );
  });

  it.each([
    ["planasonix.decideDeviceGrant", "approve", { default: true }],
    ["planasonix.register", "name", { minLength: 1, maxLength: 200 }],
    ["lnchr.sendLoginCode", "method", { default: "email" }],
    ["credebl.signUp", "firstName", { minLength: 2, maxLength: 50 }],
    ["credebl.signUp", "lastName", { minLength: 2, maxLength: 50 }],
    ["admin.createAccount", "role", { default: "user" }],
    ["admin.createAccount", "invite", { default: false }],
    ["admin.createTenant", "registration", { default: "closed" }],
    ["admin.createClient", "confidential", { default: false }],
    ["admin.createClient", "name", { minLength: 1, maxLength: 200 }],
  ])("is what holds at %s of %s", (operation, field, said) => {
    expect(schemaOf(operation, field)).toMatchObject(said);
  });

  it.each([
    ["/api/auth/login", "x-pionne-client", { default: "mobile" }],
    ["/admin/accounts", "limit", { type: "integer", minimum: 1, maximum: 100, default: 50 }],
    ["/oauth/authorize", "response_type", { enum: ["code"] }],
    ["/oauth/authorize", "code_challenge_method", { enum: ["S256"] }],
    ["/oauth/authorize", "code_challenge", { pattern: "^[A-Za-z0-9_-]{43}$", maxLength: 2048 }],
    ["/oauth/authorize", "max_age", { pattern: "^\\d{1,9}$" }],
    ["/oauth/authorize", "response_mode", { enum: ["query"], default: "query" }],
  ])("is what holds at %s of %s", (path, name, said) => {
    expect(parameterOf(path, name)).toMatchObject(said);
  });
});

const limited = described.flatMap((operation) =>
  Object.entries(operation.fields).flatMap(([field, schema]) =>
    tooMuchFor(schema).map((value) => ({ ...operation, field, value })),
  ),
);

describe("what goes past a limit in the reference", () => {
  it("is tried in every contract", () => {
    expect(new Set(limited.map(({ id }) => id.split(".")[0])).size).toBe(6);
    expect(limited.length).toBeGreaterThan(80);
  });

  it.each(limited)("is refused at $method $path: $field", async (beyond) => {
    const { method, path, example, field, value } = beyond;

    const answer = await sendRaw(service, {
      method,
      path: path.replace("{tenant}", "default").replaceAll(/\{\w+\}/g, UUID),
      bearer,
      contentType: JSON_TYPE,
      body: JSON.stringify({ ...example, [field]: value }),
    });

    expect([400, 422]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).toContain(field);
  });
});

/** One more than a schema takes, or what it does not take at all. */
function tooMuchFor({ anyOf = [], ...schema }: Schema): unknown[] {
  const { type, maxLength, maxItems, items } = schema;
  if (anyOf.length > 0) {
    return anyOf.flatMap(tooMuchFor);
  }
  if (schema.enum !== undefined || schema.const !== undefined) {
    return ["something else"];
  }
  if (type === "array" && maxItems !== undefined) {
    const one = items?.enum?.[0] ?? (items?.properties ? {} : "x");
    return [Array.from({ length: maxItems + 1 }, () => one)];
  }
  return type === "string" && maxLength !== undefined ? ["x".repeat(maxLength + 1)] : [];
}
