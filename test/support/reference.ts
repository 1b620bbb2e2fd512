import { type Schema, Validator } from "@cfworker/json-schema";
import text from "../../src/reference/openapi.json";

interface Media {
  schema: Schema;
  example?: unknown;
  examples?: Record<string, { $ref: string }>;
}

interface Said {
  $ref?: string;
  content?: Record<string, Media>;
  headers?: Record<string, unknown>;
}

interface Part {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  required: boolean;
  schema: Schema;
}

export interface ReferenceOperation {
  operationId: string;
  parameters?: Part[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, Said>;
}

interface Reference {
  paths: Record<string, Record<string, ReferenceOperation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Said>;
    examples: Record<string, { value: unknown }>;
    headers: Record<string, unknown>;
  };
}

/** The API reference as it is served. */
export const reference: Reference = JSON.parse(text);

const patterns = Object.keys(reference.paths).map((path) => ({
  path,
  /** Fewer open parts come first: `/auth/signin` before `/auth/{id}`. */
  open: path.split("{").length,
  matches: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
}));

/** The operation that the reference has for a request, and its path; null where it has none. */
export function documented(method: string, pathname: string) {
  const [found] = patterns
    .filter(({ path, matches }) => matches.test(pathname) && operationAt(path, method))
    .sort((a, b) => a.open - b.open);
  const operation = found && operationAt(found.path, method);
  return found && operation ? { operation, path: found.path } : null;
}

function operationAt(path: string, method: string): ReferenceOperation | undefined {
  return reference.paths[path]?.[method.toLowerCase()];
}

/** What an operation says of a status; null where it says nothing. */
export function responseFor(operation: ReferenceOperation, status: number): Said | null {
  const said = operation.responses[status];
  return said?.$ref ? (reference.components.responses[nameIn(said.$ref)] ?? null) : (said ?? null);
}

/** The bodies that stand as examples of an answer. */
export function examplesOf({ examples = {} }: Media): unknown[] {
  return Object.values(examples).map(
    ({ $ref }) => reference.components.examples[nameIn($ref)]?.value,
  );
}

function nameIn(ref: string): string {
  return ref.slice(ref.lastIndexOf("/") + 1);
}

const ofAnswers = new WeakMap<object, Validator>();
const ofRequests = new WeakMap<object, Validator>();

/** What is wrong with an answer, by a schema of the reference; null where nothing is. */
export function problemOfAnswer(schema: Schema, value: unknown): string | null {
  return problemBy(ofAnswers, schema, value, () => {
    const { schemas } = reference.components;
    return { ...schema, components: { schemas } };
  });
}

/** The same for what was sent. It may have spaces around an address: a format is what is read of it. */
export function problemOfRequest(schema: Schema, value: unknown): string | null {
  return problemBy(ofRequests, schema, value, () =>
    JSON.parse(JSON.stringify(schema, (name, part) => (name === "format" ? undefined : part))),
  );
}

/** The same of what stands in a query string or a header, where a number is written as a text. */
export function problemOfParameter(schema: Schema, text: string): string | null {
  return problemOfRequest(schema, schema.type === "integer" ? Number(text) : text);
}

function problemBy(
  validators: WeakMap<object, Validator>,
  schema: Schema,
  value: unknown,
  whole: () => Schema,
): string | null {
  const validator = validators.get(schema) ?? new Validator(whole(), "2020-12");
  validators.set(schema, validator);
  const { errors } = validator.validate(value);
  return errors.length === 0
    ? null
    : errors.map(({ instanceLocation, error }) => `${instanceLocation} ${error}`).join("; ");
}
