import { UNDO_WINDOW_MS } from "../../../src/core/mail/undo-window.ts";
import { type Sql, sql } from "../../sql.ts";
import type { Row } from "../task.ts";
import type { PreparedRow } from "./prepared-row.ts";

/** Why a row makes no account, in the words of the report. */
export const NOT_NEW = {
  address: "its address is known",
  kept: "its address is kept for whom it was taken from",
  id: "its id is known",
  elsewhere: "its id is taken in another tenant",
} as const;

export type NotNew = keyof typeof NOT_NEW;

/** Of each row whether `insertBatch` passes it over, and why: one statement that only reads. */
export function whyNotNew(batch: readonly PreparedRow[], tenantId: string, now: Date): Sql {
  const given = JSON.stringify(batch.map(({ id, email }) => [id, email]));
  const keptSince = now.getTime() - UNDO_WINDOW_MS;
  return sql`SELECT row.value ->> 0 AS id, CASE
      WHEN EXISTS (SELECT 1 FROM accounts WHERE tenant_id = ${tenantId} AND email = row.value ->> 1)
        THEN 'address'
      WHEN EXISTS (SELECT 1 FROM accounts WHERE id = row.value ->> 0 AND tenant_id = ${tenantId})
        THEN 'id'
      WHEN EXISTS (SELECT 1 FROM accounts WHERE id = row.value ->> 0) THEN 'elsewhere'
      WHEN EXISTS (SELECT 1 FROM email_changes WHERE tenant_id = ${tenantId}
        AND from_email = row.value ->> 1 AND changed_at > ${keptSince} AND account_id <> row.value ->> 0)
        THEN 'kept'
      END AS why
    FROM json_each(${given}) AS row`;
}

/** Its rows by account. */
export function readWhyNotNew(rows: readonly Row[]): Map<string, NotNew> {
  return new Map(
    rows.flatMap(({ id, why }) => (why === null ? [] : [[String(id), why as NotNew]])),
  );
}
