import { v7 } from "uuid";
import type { AuditEventName } from "../../src/core/audit/audit-log.ts";
import { type Sql, sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import { isAccount } from "./find-account.ts";

/** Who does what `npm run admin` does: there is no account for them. */
const OPERATOR = "operator";

/**
 * Writes down what the statement before it did to an account, where it changed something. In one
 * transaction with it: there is no change without its event.
 */
export function tellEvent(
  event: AuditEventName,
  whose: Whose,
  now: Date,
  subject: string | null = null,
): Sql {
  return sql`INSERT INTO audit_events
      (id, tenant_id, event, actor_id, account_id, subject, address, at)
    SELECT ${v7({ msecs: now.getTime() })}, tenant_id, ${event}, ${OPERATOR}, id, ${subject}, '', ${now}
    FROM accounts WHERE ${isAccount(whose)} AND changes() > 0`;
}
