import { counts, underWay, whileUnderWay } from "./counts.ts";
import { type Method, replaceMethod } from "./replace-method.ts";

type Counted = Exclude<keyof typeof counts, "objectMilliseconds">;

interface D1Answer {
  meta?: { rows_read?: number; rows_written?: number };
}

/** Counts what any binding of these kinds is asked for from now on, in the Worker and in its objects. */
export function countStores(env: Record<string, unknown>): void {
  const kinds: Record<string, (binding: object) => void> = {
    D1Database: (binding) => countD1(binding as D1Database),
    KvNamespace: countKv,
    DurableObjectNamespace: countObjectCalls,
    WorkerQueue: countMessages,
  };
  const seen = new Set<string>();
  for (const binding of Object.values(env)) {
    const kind = (binding as object | null)?.constructor?.name ?? "";
    if (!seen.has(kind)) {
      seen.add(kind);
      kinds[kind]?.(binding as object);
    }
  }
}

/** D1 says with every answer how many rows it read and wrote. Both ways to its database are counted. */
function countD1(database: D1Database): void {
  const session = Object.getPrototypeOf(database.withSession());
  for (const name of ["_send", "_queryOrThrow"]) {
    replaceMethod(
      session,
      name,
      (original) =>
        async function (...args) {
          counts.d1Queries += 1;
          const answer: D1Answer | D1Answer[] = await whileUnderWay(() =>
            original.apply(this, args),
          );
          for (const { meta } of [answer].flat()) {
            counts.d1RowsRead += meta?.rows_read ?? 0;
            counts.d1RowsWritten += meta?.rows_written ?? 0;
          }
          return answer;
        },
    );
  }
}

function countKv(namespace: object): void {
  const prototype = Object.getPrototypeOf(namespace);
  const names: Record<string, Counted> = {
    get: "kvReads",
    getWithMetadata: "kvReads",
    put: "kvWrites",
    delete: "kvDeletes",
    list: "kvLists",
  };
  for (const [name, counted] of Object.entries(names)) {
    // A list of keys is billed for each of them.
    replaceMethod(prototype, name, (original) =>
      counting(counted, original, ([key]) => (Array.isArray(key) ? key.length : 1)),
    );
  }
}

/** Each stub is asked once: the adapters get one for every call. */
function countObjectCalls(namespace: object): void {
  const prototype = Object.getPrototypeOf(namespace);
  for (const name of ["get", "getByName"]) {
    replaceMethod(prototype, name, (original) => counting("objectRequests", original, () => 1));
  }
}

function countMessages(queue: object): void {
  const prototype = Object.getPrototypeOf(queue);
  const sizes: Record<string, (args: unknown[]) => number> = {
    send: () => 1,
    sendBatch: ([messages]) => [...(messages as Iterable<unknown>)].length,
  };
  for (const [name, size] of Object.entries(sizes)) {
    replaceMethod(prototype, name, (original) => {
      const counted = counting("queueMessages", original, size);
      return function (...args) {
        underWay.messages += size(args);
        return counted.apply(this, args);
      };
    });
  }
}

function counting(counted: Counted, original: Method, size: (args: unknown[]) => number): Method {
  return function (...args) {
    counts[counted] += size(args);
    return original.apply(this, args);
  };
}
