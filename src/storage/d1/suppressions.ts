import { and, eq, gt, sql } from "drizzle-orm";
import type { Suppressions } from "../../core/mail/suppression.ts";
import type { Database } from "./database.ts";
import { suppressedAddresses } from "./schema.ts";

export function d1Suppressions(db: Database): Suppressions {
  return {
    async find(tenantId, email, now) {
      const [found] = await db
        .select()
        .from(suppressedAddresses)
        .where(
          and(
            eq(suppressedAddresses.tenantId, tenantId),
            eq(suppressedAddresses.email, email),
            gt(suppressedAddresses.until, now),
          ),
        );
      return found ?? null;
    },

    async add(suppression) {
      const { reason, detail, at, until } = suppression;
      await db
        .insert(suppressedAddresses)
        .values(suppression)
        .onConflictDoUpdate({
          target: [suppressedAddresses.tenantId, suppressedAddresses.email],
          set: { reason, detail, at, until },
          setWhere: sql`${suppressedAddresses.at} < ${at.getTime()}`,
        });
    },
  };
}
