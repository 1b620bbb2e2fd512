import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { startService, type TestService } from "./service.ts";

/** What becomes of a platform call, which it may make or not. */
type Around = (call: () => Promise<unknown>, number: number) => Promise<unknown>;
type Method = (...args: unknown[]) => Promise<unknown>;

const OUTAGE = "injected outage";

/** A call fails before it does anything. */
export const refuses: Around = () => Promise.reject(new Error(OUTAGE));

/** A call does what it should, and its answer is lost. */
export const losesAnswer: Around = async (call) => {
  await call();
  throw new Error(OUTAGE);
};

/** A service whose calls of D1, KV, Durable Objects and queues can be counted and broken. */
export function startBreakableService(): TestService & {
  /** How many calls some work makes. */
  record(work: () => Promise<unknown>): Promise<number>;
  /** Runs some work in which the call of that number, from zero, goes wrong in that way. */
  breakCall<T>(number: number, how: Around, work: () => Promise<T>): Promise<T>;
} {
  let around: Around = (call) => call();
  let calls = 0;
  const pass = (call: () => Promise<unknown>) => around(call, calls++);

  async function during<T>(how: Around, work: () => Promise<T>): Promise<T> {
    calls = 0;
    around = how;
    const restore = interceptPlatform(pass);
    try {
      return await work();
    } finally {
      around = (call) => call();
      restore();
    }
  }

  const service = startService({
    DEVICE_GRANT: interceptObjects(env.DEVICE_GRANT, pass),
    CODE_ENTRY: interceptObjects(env.CODE_ENTRY, pass),
    LOGIN_CODE: interceptObjects(env.LOGIN_CODE, pass),
    THROTTLE: interceptObjects(env.THROTTLE, pass),
  });
  return {
    ...service,
    async record(work) {
      await during((call) => call(), work);
      return calls;
    },
    breakCall: (broken, how, work) =>
      during((call, number) => (number === broken ? how(call, number) : call()), work),
  };
}

type Pass = (call: () => Promise<unknown>) => Promise<unknown>;

/** D1, KV and queues, in the Worker and inside Durable Objects alike. */
function interceptPlatform(pass: Pass): () => void {
  const spies = platformMethods().map(([prototype, name]) => {
    const original = prototype[name] as Method;
    return vi.spyOn(prototype, name).mockImplementation(function (
      this: unknown,
      ...args: unknown[]
    ) {
      return pass(async () => original.apply(this, args));
    });
  });
  return () => {
    for (const spy of spies) {
      spy.mockRestore();
    }
  };
}

function platformMethods(): [Record<string, Method>, string][] {
  const of = (object: object, ...names: string[]): [Record<string, Method>, string][] =>
    names.map((name) => [Object.getPrototypeOf(object), name]);
  return [
    ...of(env.DB.prepare("SELECT 1"), "all", "raw", "run", "first"),
    ...of(env.DB, "batch"),
    ...of(env.CODES, "get", "put", "delete"),
    ...of(env.MAIL, "send"),
  ];
}

/** A namespace whose objects' methods are intercepted. */
function interceptObjects<N extends DurableObjectNamespace>(namespace: N, pass: Pass) {
  return {
    idFromName: (name: string) => namespace.idFromName(name),
    get: (id: DurableObjectId) =>
      new Proxy(namespace.get(id), {
        get(stub, method) {
          const call = (stub as unknown as Record<PropertyKey, Method>)[method];
          // A stub is handed through promises, which must not take it for one.
          return method === "then"
            ? undefined
            : (...args: unknown[]) => pass(async () => call?.(...args));
        },
      }),
  };
}
