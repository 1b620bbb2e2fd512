import { type Sql, sql } from "../sql.ts";
import { tellRevokedKeys } from "./tell-event.ts";

/**
 * Takes the API keys of the account that a condition picks out of `accounts`, and tells of each. A service
 * key is its tenant's, whoever made it.
 */
export function revokeApiKeys(isAccount: Sql): Record<"toldKeys" | "revoked", Sql> {
  const areTaken = sql`tenant_id = (SELECT tenant_id FROM accounts WHERE ${isAccount})
    AND kind = 'api' AND account_id = (SELECT id FROM accounts WHERE ${isAccount})`;
  return {
    toldKeys: tellRevokedKeys(areTaken),
    revoked: sql`DELETE FROM keys WHERE ${areTaken} RETURNING id`,
  };
}
