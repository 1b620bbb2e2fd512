import type { Operation } from "../../src/core/operations.ts";
import type {
  DocumentedOperation,
  Media,
  Paths,
  Ref,
  Response,
  Schema,
} from "../../src/reference/types.ts";
import { pathsOf } from "../../src/surfaces/mount.ts";
import type { AnyRoute } from "../../src/surfaces/surface.ts";
import { contractRefusals } from "./contract-refusals.ts";
import type { DescribedContract } from "./contracts.ts";
import { exampleOf } from "./example.ts";
import { operationExamples } from "./field-examples.ts";
import { headersOf } from "./headers.ts";
import { describedOperation } from "./operations.ts";
import { parametersOf } from "./parameters.ts";
import { reasonsOf } from "./reasons.ts";
import { refusalResponses, type Shared } from "./refusals.ts";
import { requestSchema } from "./schemas.ts";
import { securityOf } from "./security.ts";

const KEY_IS_REFUSED =
  "Nobody has to say who they are here, and no key may: one that comes along is refused with 403, or with 401 where it is no good.";

type Row = readonly [operation: Operation, route: AnyRoute];

/** What the rows of a contract become, besides what they share with others. */
export interface ContractContext {
  contract: DescribedContract;
  /** The component that each shape is. */
  refOf: (shape: unknown) => Ref;
  schemas: Readonly<Record<string, Schema>>;
  shared: Shared;
}

/** Every path of a contract, under each of its bases. */
export function contractPaths(context: ContractContext): Paths {
  const { surface } = context.contract;
  const rows = Object.entries(surface.routes) as Row[];
  const paths: Paths = {};
  for (const [endpoint, served] of Map.groupBy(rows, ([, [endpoint]]) => endpoint)) {
    const [method = "", path = ""] = endpoint.split(" ");
    pathsOf(surface, path).forEach((pattern, index) => {
      const operation = operationOf(context, served, pattern, index);
      paths[pattern] = { ...paths[pattern], [method.toLowerCase()]: operation };
    });
  }
  return paths;
}

function operationOf(
  context: ContractContext,
  rows: readonly Row[],
  pattern: string,
  baseIndex: number,
): DocumentedOperation {
  const { surface, title } = context.contract;
  const { contract } = surface.terms;
  const names = rows.map(([name]) => name);
  const requests = rows.map(([, [, , request]]) => requestSchema(request));
  const base = baseIndex === 0 ? "" : `.${baseIndex + 1}`;
  return {
    operationId: `${contract}.${names.join(".")}${base}`,
    summary: names.map((name) => describedOperation(name)[0]).join("; or: "),
    ...(rows.some(([, [, audience]]) => audience === "anyone without a key") && {
      description: KEY_IS_REFUSED,
    }),
    tags: [title],
    security: securityOf(contract, rows),
    ...parametersOf(contract, pattern, requests),
    ...bodyOf(context, requests),
    responses: {
      ...Object.assign({}, ...rows.map((row) => successOf(context, row))),
      ...refusalResponses(
        contract,
        context.refOf(context.contract.shapes["refusal"]),
        contractRefusals(surface, reasonsOf(rows, pattern)),
        context.shared,
      ),
    },
  };
}

function bodyOf(context: ContractContext, requests: readonly Schema[]) {
  const bodies = requests.flatMap(({ properties }) => properties?.["body"] ?? []).filter(hasFields);
  const [first] = bodies;
  if (!first) {
    return {};
  }
  const contract = context.contract.surface.terms.contract;
  const schema: Schema = bodies.length > 1 ? { anyOf: [...bodies] } : first;
  const example = exampleOf(bodies.at(-1) ?? first, contract, context.schemas);
  const required = requests.every((request) => request.required?.includes("body"));
  return { requestBody: { required, content: { "application/json": { schema, example } } } };
}

/** A row that takes no body may still look whether it is sent one. */
function hasFields({ properties = {} }: Schema): boolean {
  return Object.keys(properties).length > 0;
}

function successOf(context: ContractContext, [operation, route]: Row): Record<string, Response> {
  const { replies, shapes, surface, cookieReplies } = context.contract;
  const [, , , status, reply] = route;
  const name = Object.entries(replies).find(([, known]) => known === reply)?.[0] ?? "";
  const shape = shapes[name];
  if (!shape && status !== 204) {
    throw new Error(`${surface.terms.contract} has no shape for its reply ${name}`);
  }
  const names = [
    ...Object.keys(surface.headers ?? {}),
    ...(cookieReplies.includes(name) ? ["set-cookie"] : []),
  ];
  const headers = headersOf(names, context.shared);
  if (!shape) {
    return { [status]: { description: "Done.", ...headers } };
  }
  const schema = context.refOf(shape);
  const example = exampleOf(schema, surface.terms.contract, context.schemas);
  const media: Media = { schema, example: withOwn(example, operationExamples[operation] ?? {}) };
  return {
    [status]: { description: "Done.", ...headers, content: { "application/json": media } },
  };
}

function withOwn(example: unknown, own: Readonly<Record<string, unknown>>): unknown {
  return JSON.parse(JSON.stringify(example), (name, value) => own[name] ?? value);
}
