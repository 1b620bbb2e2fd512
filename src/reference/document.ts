import text from "./openapi.json";
import type { Document, DocumentedOperation, Ref, Response } from "./types.ts";

let read: Document | null = null;

/** The document, read when it is asked for first. */
export function documentOf(): Document {
  read ??= JSON.parse(text) as Document;
  return read;
}

/** An operation with every path that it is served at, the first being the one it is known by. */
export interface ServedOperation {
  /** What links to it: `planasonix.signIn`. */
  id: string;
  endpoints: string[];
  operation: DocumentedOperation;
}

/** The operations under a tag. The same under another base is no other one: its id ends in a number. */
export function operationsUnder(tag: string): ServedOperation[] {
  const all = Object.entries(documentOf().paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ endpoint: `${method.toUpperCase()} ${path}`, operation })),
  );
  const byId = Map.groupBy(all, ({ operation }) => operation.operationId.replace(/\.\d+$/, ""));
  return [...byId].flatMap(([id, served]) => {
    const [first] = served;
    const endpoints = served.map(({ endpoint }) => endpoint);
    return first ? [{ id, endpoints, operation: first.operation }] : [];
  });
}

export function responseOf(response: Response | Ref): Response {
  return "$ref" in response ? named(documentOf().components.responses, response) : response;
}

/** The component that a reference names. */
export function named<T>(components: Readonly<Record<string, T>>, { $ref }: Ref): T {
  const found = components[$ref.slice($ref.lastIndexOf("/") + 1)];
  if (!found) {
    throw new Error(`the API reference has no ${$ref}`);
  }
  return found;
}
