import type { AuditEvent } from "../audit/audit-log.ts";
import type { FrontEnd } from "../tenant/front-end.ts";

/** Front ends as operators change them, with the event that tells of it: both or neither. */
export interface FrontEndRecords {
  /**
   * In place of the site that the alias named before; where it is that one, nothing is written. Gives it as it
   * is afterwards.
   */
  allow(
    tenantId: string,
    frontEnd: Pick<FrontEnd, "id" | "alias" | "url">,
    event: AuditEvent,
  ): Promise<FrontEnd>;
  /** False when there is none of that alias. */
  remove(tenantId: string, alias: string, event: AuditEvent): Promise<boolean>;
}
