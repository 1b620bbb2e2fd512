import type { Store, Waited } from "./store-calls.ts";

export type Outcome = "ok" | "refused" | "failed";

/** A request and what came of it, in names and numbers. */
export interface Served {
  method: string;
  /** The route's pattern. */
  route: string;
  status: number;
  milliseconds: number;
  tenant: string;
  contract: string | null;
  operation: string | null;
  outcome: Outcome;
  /** Why it was refused; null where it was not, or where nothing more is known than the status. */
  reason: string | null;
  /** What was asked of them before it was answered, and the waiting of what had answered by then. */
  stores: Partial<Record<Store, Waited>>;
}

/** What a device is told that asks at its pace, until somebody has decided: nothing went wrong. */
const STILL_WAITING = "authorization_pending";

/** "Refused" is somebody's mistake, "failed" is ours. */
export function outcomeOf(status: number, reason: string | null): Outcome {
  if (reason === STILL_WAITING) {
    return "ok";
  }
  if (status >= 500) {
    return "failed";
  }
  return status >= 400 || reason !== null ? "refused" : "ok";
}

/** What Workers Analytics Engine takes. */
export interface DataPoint {
  indexes: string[];
  blobs: string[];
  doubles: number[];
}

/** What stands in `blob1`, `blob2`, ... of a data point. docs/seeing.md asks by these. */
export const BLOBS = [
  "route",
  "method",
  "status",
  "contract",
  "operation",
  "outcome",
  "reason",
  "country",
] as const;

const STORES: readonly Store[] = ["d1", "kv", "durable_objects", "queue"];

/** What stands in `double1`, `double2`, ...: milliseconds, then calls and milliseconds by store. */
export const DOUBLES: readonly string[] = [
  "milliseconds",
  ...STORES.flatMap((store) => [`${store}_calls`, `${store}_milliseconds`]),
];

/**
 * The same for Workers Analytics Engine, which samples by the index: the tenant. The country is that of
 * the sender as the edge sees it, ISO 3166-1 alpha-2.
 */
export function dataPointOf(served: Served, country: string | null): DataPoint {
  const told = { ...served, country };
  return {
    indexes: [served.tenant],
    blobs: BLOBS.map((name) => String(told[name] ?? "")),
    doubles: [
      served.milliseconds,
      ...STORES.flatMap((store) => {
        const { calls, milliseconds } = served.stores[store] ?? { calls: 0, milliseconds: 0 };
        return [calls, milliseconds];
      }),
    ],
  };
}
