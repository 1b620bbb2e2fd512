import type { Parameter, Schema } from "../../src/reference/types.ts";
import { exampleOf } from "./example.ts";

const PLACES = { params: "path", query: "query", headers: "header", cookies: "cookie" } as const;
/** A tenant's name in the path is looked up before any row is. */
const TENANT: Schema = { type: "string", description: "The tenant's name." };

const ABOUT: Readonly<Record<string, string>> = {
  planpointRefresh: "The refresh token of a sign-in. Without it the answer is 401.",
  "x-pionne-client": "`cli`, `mobile` or `web`; anything else counts as `mobile`.",
};

/** What a request brings outside its body, by the parts that the schemas of its rows read. */
export function parametersOf(
  contract: string,
  pattern: string,
  requests: readonly Schema[],
): { parameters?: Parameter[] } {
  const inPath = [...pattern.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const read = Object.entries(PLACES).flatMap(([part, place]) =>
    requests.flatMap(({ properties }) => parametersIn(contract, place, properties?.[part])),
  );
  const missing = inPath
    .filter((name) => !read.some((parameter) => parameter.name === name))
    .map((name) => parameter(contract, "path", name, TENANT, true));
  const parameters = [...missing, ...read];
  return parameters.length > 0 ? { parameters } : {};
}

function parametersIn(contract: string, place: Parameter["in"], schema?: Schema): Parameter[] {
  return Object.entries(schema?.properties ?? {}).map(([name, part]) =>
    parameter(contract, place, name, part, schema?.required?.includes(name) ?? false),
  );
}

function parameter(
  contract: string,
  place: Parameter["in"],
  name: string,
  { description = ABOUT[name], ...schema }: Schema,
  required: boolean,
): Parameter {
  return {
    name,
    in: place,
    required,
    schema,
    ...(description && { description }),
    example: exampleOf(schema, contract, {}, name),
  };
}
