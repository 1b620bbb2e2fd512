import { and, eq, sql } from "drizzle-orm";
import type { KeyRecords } from "../../core/admin/key-records.ts";
import type { Database } from "./database.ts";
import { keyColumns } from "./key-columns.ts";
import { changeWith, isRecorded } from "./record-with.ts";
import { keys } from "./schema.ts";

/** Keys as administrators see them, in D1. Their hashes never leave. */
export function d1KeyRecords(db: Database): KeyRecords {
  const is = (tenantId: string, keyId: string) =>
    and(eq(keys.id, keyId), eq(keys.tenantId, tenantId));
  return {
    async find(tenantId, keyId) {
      const [key] = await db.select(keyColumns).from(keys).where(is(tenantId, keyId));
      return key ?? null;
    },

    async remove({ id, tenantId }, event) {
      const isThere = sql`EXISTS (SELECT 1 FROM ${keys} WHERE ${is(tenantId, id)})`;
      const removal = db.delete(keys).where(and(is(tenantId, id), isRecorded(event)));
      return changeWith(db, event, isThere, removal);
    },
  };
}
