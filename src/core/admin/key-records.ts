import type { Key } from "../key/key.ts";
import type { Deed } from "./deed.ts";

/** Keys as administrators see them. */
export interface KeyRecords {
  find(tenantId: string, keyId: string): Promise<Key | null>;
  /** With the event that tells of it: both or neither. False when it is gone. */
  remove(key: Pick<Key, "id" | "tenantId">, event: Deed): Promise<boolean>;
}
