import type { DocumentedOperation, Paths } from "../../src/reference/types.ts";

type Item = Paths[string];

/**
 * Paths as OpenAPI writes them: `:id` in braces. Where two differ in the names of their parts alone
 * they are one path, whose part is called `id`; what it stands for, each operation says.
 */
export function openApiPaths(served: readonly (readonly [pattern: string, item: Item])[]): Paths {
  const paths: Paths = {};
  for (const [pattern, item] of served) {
    const alike = served.map(([other]) => other).filter((other) => bare(other) === bare(pattern));
    const isShared = new Set(alike).size > 1;
    const path = isShared
      ? pattern.replaceAll(/:\w+/g, "{id}")
      : pattern.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], ...(isShared ? renamed(item) : item) };
  }
  return paths;
}

function bare(pattern: string): string {
  return pattern.replaceAll(/:\w+/g, ":");
}

function renamed(item: Item): Item {
  const renamedOperation = (operation: DocumentedOperation): DocumentedOperation => ({
    ...operation,
    parameters: (operation.parameters ?? []).map((parameter) =>
      parameter.in === "path"
        ? { ...parameter, name: "id", description: `The \`${parameter.name}\`.` }
        : parameter,
    ),
  });
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [method, renamedOperation(operation)]),
  );
}
