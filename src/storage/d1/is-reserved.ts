import { and, eq, gt, ne, type SQL, sql } from "drizzle-orm";
import { UNDO_WINDOW_MS } from "../../core/mail/undo-window.ts";
import { emailChanges } from "./schema.ts";

/**
 * True while an address is kept for the account that it was taken from, so that nobody can sit on it
 * before that account's owner undoes the change. To that account itself it is free.
 */
export function isReserved(
  tenantId: string,
  email: string,
  now: Date,
  accountId: string | null = null,
): SQL {
  const ofAnother = accountId === null ? undefined : ne(emailChanges.accountId, accountId);
  return sql`EXISTS (SELECT 1 FROM ${emailChanges}
    WHERE ${and(wasTakenLately(tenantId, email, now), ofAnother)})`;
}

/** The rows that keep an address. */
export function wasTakenLately(tenantId: string, email: string, now: Date): SQL | undefined {
  return and(
    eq(emailChanges.tenantId, tenantId),
    eq(emailChanges.fromEmail, email),
    gt(emailChanges.changedAt, new Date(now.getTime() - UNDO_WINDOW_MS)),
  );
}
