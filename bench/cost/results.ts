import type { Measured } from "./measure.ts";

/** What `npm run cost` leaves in bench/results/cost.json: what it counted, and nothing that was reckoned. */
export interface Results {
  date: string;
  machine: Readonly<Record<string, string | number>>;
  /** Of a pass through that was repeated to see what it computes. */
  repeated: number;
  latchkey: readonly Measured[];
  betterAuth: readonly Measured[];
}
