import type { AuditEvent } from "../audit/audit-log.ts";
import type { StillIn } from "../caller/still-in.ts";

/**
 * What is written down of an administrator's deed. The store does the deed where it writes this down, and that
 * asks for the session it is done in; null where a client acts for itself.
 */
export interface Deed extends AuditEvent {
  by: StillIn | null;
}
