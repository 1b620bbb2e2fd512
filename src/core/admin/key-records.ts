import type { AuditEvent } from "../audit/audit-log.ts";
import type { Key } from "../key/key.ts";

/** Keys as administrators see them. */
export interface KeyRecords {
  find(tenantId: string, keyId: string): Promise<Key | null>;
  /** With the event that tells of it: both or neither. False when it is gone. */
  remove(key: Pick<Key, "id" | "tenantId">, event: AuditEvent): Promise<boolean>;
}
