import type { AuditEvent } from "./audit-log.ts";
import type { AuditSeal, ChainHead } from "./chain.ts";

/** A stretch of the events of all tenants, in the order in which they were written. */
export interface Stretch {
  events: AuditEvent[];
  /** Where it begins: where the last one that was sealed ended. */
  from: string;
  to: string;
}

/** Seals are added one after another, each once. */
export interface AuditSeals {
  /** The oldest events that no seal covers, as many as are asked for at most. */
  unsealed(most: number): Promise<Stretch>;
  /** The newest seals of these tenants. One that has none is left out. */
  heads(tenantIds: readonly string[]): Promise<ChainHead[]>;
  /** All or none: false where another run has sealed from the same place on. */
  append(seals: readonly AuditSeal[], stretch: Stretch, now: Date): Promise<boolean>;
}
