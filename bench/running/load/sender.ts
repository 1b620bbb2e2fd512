import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Problem } from "../../../scripts/problem.ts";
import type { ContenderName } from "../contenders/index.ts";
import type { Measurement } from "./run-phase.ts";

/** What a contender has to be told that is made anew in each run. */
export interface Facts {
  /** What the floor verifies. */
  floorToken: string;
}

export interface RoundOrder {
  name: ContenderName;
  url: string;
  pid: number | null;
  facts: Facts;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
}

/** Sends the load, from a thread that does nothing else. */
export interface Sender {
  /** Refuses with what the service complained of when an answer is wrong; stops waiting when told to. */
  run(order: RoundOrder, complaints: () => string, stop: AbortSignal): Promise<Measurement>;
  stop(): Promise<void>;
}

export function startSender(): Sender {
  const thread = new Worker(join(import.meta.dirname, "thread.ts"));
  return {
    async run(order, complaints, stop) {
      thread.postMessage(order);
      const [{ measurement, error }] = await once(thread, "message", { signal: stop });
      if (!measurement) {
        const advice = complaints() || "The service complained of nothing.";
        throw new Problem(`${order.name}: ${error}`, `Nothing was written.\n${advice}`);
      }
      return measurement;
    },
    async stop() {
      await thread.terminate();
    },
  };
}
