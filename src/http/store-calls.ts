import { AsyncLocalStorage } from "node:async_hooks";

/** What a request may wait for outside the Worker. */
export type Store = "d1" | "kv" | "durable_objects" | "queue";

/** How often one was asked, and how long it took: calls at the same time count each for itself. */
export interface Waited {
  calls: number;
  milliseconds: number;
}

/** What one request has asked of the stores. */
export class StoreCalls {
  readonly waited: Partial<Record<Store, Waited>> = {};

  /** Counts a call that begins; what is returned is told that it ended. */
  begin(store: Store): () => void {
    this.waited[store] ??= { calls: 0, milliseconds: 0 };
    const waited = this.waited[store];
    const begun = Date.now();
    waited.calls += 1;
    return () => {
      waited.milliseconds += Date.now() - begun;
    };
  }
}

/**
 * Whose request asks, wherever in the Worker. Ports are made once for an isolate and serve many at a
 * time: nothing that they are handed could tell.
 */
export const storeCalls = new AsyncLocalStorage<StoreCalls>();
