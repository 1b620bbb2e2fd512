import type { AuditEventName } from "../../src/core/audit/audit-events.ts";
import { DEFAULT_TENANT_ID } from "../../src/core/tenant/tenant.ts";
import { databaseNow } from "../database-clock.ts";
import { databaseId } from "../database-id.ts";
import { type Sql, sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import { OPERATOR } from "./event-by-operator.ts";
import { isAccount } from "./find-account.ts";

/** What the statement before it changed, in the same transaction: no change is without its event. */
const HAS_CHANGED = sql`changes() > 0`;

/** Writes down what the statement before it did to an account, where it changed something. */
export function tellEvent(event: AuditEventName, whose: Whose, subject: string | null = null): Sql {
  return tell(event, {
    ...{ tenantId: sql`tenant_id`, target: sql`id`, subject },
    from: sql`FROM accounts WHERE ${isAccount(whose)} AND ${HAS_CHANGED}`,
  });
}

/**
 * The same of what it did to no account. What is about the service, such as a client or a tenant, stands
 * in the log of the default tenant, like what is done through the admin API.
 */
export function tellDeed(
  event: AuditEventName,
  {
    target = "",
    subject = null,
    tenantId = DEFAULT_TENANT_ID,
  }: { target?: string; subject?: string | Sql | null; tenantId?: string | Sql },
): Sql {
  return tell(event, { tenantId, target, subject, from: sql`WHERE ${HAS_CHANGED}` });
}

/** Writes down of keys that a condition picks out that they are revoked, each by its name: before they are. */
export function tellRevokedKeys(areRevoked: Sql): Sql {
  return tell("key-revoked", {
    ...{ tenantId: sql`tenant_id`, target: sql`account_id`, subject: sql`name` },
    from: sql`FROM keys WHERE ${areRevoked}`,
  });
}

function tell(
  event: AuditEventName,
  {
    tenantId,
    target,
    subject,
    from,
  }: {
    tenantId: string | Sql;
    target: string | Sql;
    subject: string | Sql | null;
    from: Sql;
  },
): Sql {
  return sql`INSERT INTO audit_events
      (id, tenant_id, event, actor_id, account_id, subject, address, at)
    SELECT ${databaseId}, ${tenantId}, ${event}, ${OPERATOR}, ${target}, ${subject}, '', ${databaseNow}
    ${from}`;
}
