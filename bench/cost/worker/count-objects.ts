import { DurableObject } from "cloudflare:workers";
import { counts, whileUnderWay } from "./counts.ts";
import { replaceMethod } from "./replace-method.ts";

const MARKED = Symbol("counted");
/** Cursors of an object whose rows are not added up yet. */
const open = new WeakMap<SqlStorage, SqlStorageCursor<never>[]>();

type WithStorage = { ctx: DurableObjectState };

/** Counts what the objects of these classes do from now on. */
export function countObjects(exported: Record<string, unknown>): void {
  for (const one of Object.values(exported)) {
    if (typeof one === "function" && one.prototype instanceof DurableObject) {
      countMethods(one.prototype);
    }
  }
}

/** Whatever is called from outside is timed, and the rows of its cursors are added up at its end. */
function countMethods(prototype: object): void {
  for (let one = prototype; one !== DurableObject.prototype; one = Object.getPrototypeOf(one)) {
    for (const name of Object.getOwnPropertyNames(one)) {
      if (name !== "constructor" && !Object.hasOwn(one, MARKED)) {
        replaceMethod(one, name, (original) => timed(name, original));
      }
    }
    Object.defineProperty(one, MARKED, { value: true });
  }
  // Lets an alarm ring before its time.
  Object.defineProperty(prototype, "ring", {
    value(this: { alarm(): Promise<void> }) {
      return this.alarm();
    },
  });
}

/** An object that calls itself is not timed twice. */
const busy = new WeakMap<object, number>();

function timed(name: string, original: (...args: unknown[]) => unknown) {
  return function (this: WithStorage, ...args: unknown[]): unknown {
    countStorage(this.ctx.storage);
    const calls = busy.get(this) ?? 0;
    const begun = performance.now();
    busy.set(this, calls + 1);
    if (name === "alarm") {
      counts.objectRequests += 1;
    }
    const end = () => {
      busy.set(this, (busy.get(this) ?? 1) - 1);
      addUp(this.ctx.storage.sql);
      if (calls === 0) {
        counts.objectMilliseconds += performance.now() - begun;
      }
    };
    let answer: unknown;
    try {
      answer = original.apply(this, args);
    } catch (error) {
      end();
      throw error;
    }
    if (answer instanceof Promise) {
      return whileUnderWay(async () => answer).finally(end);
    }
    end();
    return answer;
  };
}

function addUp(sql: SqlStorage): void {
  for (const cursor of open.get(sql) ?? []) {
    counts.objectRowsRead += cursor.rowsRead;
    counts.objectRowsWritten += cursor.rowsWritten;
  }
  open.delete(sql);
}

/** Each key, and each alarm that is set, is billed as a row. */
function countStorage(storage: DurableObjectStorage): void {
  const prototype = Object.getPrototypeOf(storage);
  if (Object.hasOwn(prototype, MARKED)) {
    return;
  }
  Object.defineProperty(prototype, MARKED, { value: true });
  countSql(storage);
  const one = () => 1;
  const size = (keys: unknown) => (Array.isArray(keys) ? keys.length : 1);
  for (const part of [prototype, Object.getPrototypeOf(storage.kv)]) {
    countRows(part, "get", "objectRowsRead", size);
    countRows(part, "put", "objectRowsWritten", (key) =>
      typeof key === "object" && key !== null ? Object.keys(key).length : 1,
    );
    countRows(part, "delete", "objectRowsWritten", size);
  }
  countRows(prototype, "setAlarm", "objectRowsWritten", one);
  countRows(prototype, "deleteAlarm", "objectRowsWritten", one);
  replaceMethod(
    prototype,
    "deleteAll",
    (original) =>
      function (this: DurableObjectStorage) {
        counts.objectRowsWritten += [...this.kv.list()].length;
        return original.call(this);
      },
  );
}

function countSql(storage: DurableObjectStorage): void {
  replaceMethod(
    Object.getPrototypeOf(storage.sql),
    "exec",
    (original) =>
      function (this: SqlStorage, ...args) {
        const cursor = original.apply(this, args);
        open.set(this, [...(open.get(this) ?? []), cursor]);
        return cursor;
      },
  );
}

function countRows(
  prototype: object,
  name: string,
  counted: "objectRowsRead" | "objectRowsWritten",
  size: (first: unknown) => number,
): void {
  replaceMethod(
    prototype,
    name,
    (original) =>
      function (...args) {
        counts[counted] += size(args[0]);
        return original.apply(this, args);
      },
  );
}
