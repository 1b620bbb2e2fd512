import { Unavailable } from "./core/unavailable.ts";
import { type Store, storeCalls } from "./http/store-calls.ts";

const RETRY_AFTER_SECONDS = 2;

/** What a port reaches, as failures name it, and which store that is: null for one that is asked nearby. */
const STORES = {
  D1: "d1",
  KV: "kv",
  "the login code": "durable_objects",
  "the device grant": "durable_objects",
  "the code entry": "durable_objects",
  "the throttle": "durable_objects",
  "the mail queue": "queue",
  "the rate limiter": null,
} satisfies Record<string, Store | null>;

/** The same port, whose every failure says that its part is unavailable, and whose calls are counted. */
export function reachable<P extends object>(part: keyof typeof STORES, port: P): P {
  const store = STORES[part];
  const methods = Object.entries(port).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      const ended = store && storeCalls.getStore()?.begin(store);
      try {
        return await method(...args);
      } catch (cause) {
        throw new Unavailable(part, RETRY_AFTER_SECONDS, cause);
      } finally {
        ended?.();
      }
    },
  ]);
  return Object.fromEntries(methods) as P;
}
