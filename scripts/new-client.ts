import type { NewClient as NewClientRecord } from "../src/core/admin/client-records.ts";

/** A client as it is registered from here. */
export interface NewClient extends Omit<NewClientRecord, "isConfidential"> {
  /** In clear; only its hash is stored. Null makes the client public. */
  secret: string | null;
}
