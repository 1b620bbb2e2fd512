import { getTableColumns, sql } from "drizzle-orm";
import { accounts, secondFactors } from "./schema.ts";

const { disabledAt: _, ...columns } = getTableColumns(accounts);

/** What a query for an account gives: everything that may be seen of it. */
export const accountColumns = {
  ...columns,
  twoFactorEnabled: sql<boolean>`EXISTS (SELECT 1 FROM ${secondFactors}
    WHERE ${secondFactors}.account_id = ${accounts}.id
    AND ${secondFactors}.confirmed_at IS NOT NULL)`.mapWith(Boolean),
};
