import { and, eq, type SQL, sql } from "drizzle-orm";
import type { AuditEvent } from "../../core/audit/audit-log.ts";
import { appNameOf } from "./app-name-of.ts";
import type { Database } from "./database.ts";
import { forgetApprovals, mayHaveApproved } from "./forget-approvals.ts";
import { isRecorded, recordWhere } from "./record-with.ts";
import { sessions } from "./schema.ts";

/**
 * Ends a session of which a condition holds, at the time of an event that is written down with it: both
 * or neither, in one transaction. With it goes what was approved and has opened nothing yet, where it may have
 * approved something. The event's subject is what its owner called the session, or else its app's name. False
 * where the condition does not hold.
 */
export async function endSession(
  db: Database,
  sessionId: string,
  condition: SQL | undefined,
  event: AuditEvent,
): Promise<boolean> {
  const isIt = eq(sessions.id, sessionId);
  const knownAs = sql`(SELECT coalesce(${sessions.name}, ${appNameOf(sessions.tenantId, sessions.clientId)})
    FROM ${sessions} WHERE ${isIt})`;
  const hasWon = isRecorded(event);
  const [recorded] = await db.batch([
    recordWhere(db, event, sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${and(isIt, condition)})`, {
      subject: sql`coalesce(${knownAs}, ${event.subject})`,
    }),
    forgetApprovals(db, event.accountId, event.at, and(mayHaveApproved(isIt), hasWon)),
    db.update(sessions).set({ revokedAt: event.at }).where(and(isIt, hasWon)),
  ]);
  return recorded.length > 0;
}
