import { once } from "node:events";
import { parentPort, Worker } from "node:worker_threads";
import { Problem } from "../../../scripts/problem.ts";

/** A thread that carries out orders, one at a time. */
export interface OrderThread<Order, Result> {
  /** Refuses with what the service complained of when an answer is wrong; stops waiting when told to. */
  run(order: Order, complaints: () => string, stop: AbortSignal): Promise<Result>;
  stop(): Promise<void>;
}

/** Starts a thread on a file that calls `obey`. */
export function startOrderThread<Order extends { name: string }, Result>(
  file: string,
): OrderThread<Order, Result> {
  const thread = new Worker(file);
  return {
    async run(order, complaints, stop) {
      thread.postMessage(order);
      const [{ result, error }] = await once(thread, "message", { signal: stop });
      if (!result) {
        const advice = complaints() || "The service complained of nothing.";
        throw new Problem(`${order.name}: ${error}`, `Nothing was written.\n${advice}`);
      }
      return result;
    },
    async stop() {
      await thread.terminate();
    },
  };
}

/** In such a thread: how an order is carried out. */
export function obey<Order, Result>(carryOut: (order: Order) => Promise<Result>): void {
  parentPort?.on("message", (order: Order) => {
    carryOut(order).then(
      (result) => parentPort?.postMessage({ result }),
      (error: Error) => parentPort?.postMessage({ error: error.stack ?? error.message }),
    );
  });
}
