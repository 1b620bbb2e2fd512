/** One thing that a deployment changes. */
export interface Step {
  /** What it does, as an order. */
  does: string;
  carryOut(stop: AbortSignal): Promise<void>;
}
