import { join } from "node:path";
import type { ContenderName } from "../contenders/index.ts";
import { type OrderThread, startOrderThread } from "./order-thread.ts";
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
export type Sender = OrderThread<RoundOrder, Measurement>;

export function startSender(): Sender {
  return startOrderThread(join(import.meta.dirname, "thread.ts"));
}
