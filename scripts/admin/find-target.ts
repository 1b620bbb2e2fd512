import type { Role } from "../../src/core/account/account.ts";
import type { Target } from "../../src/core/admin/account-records.ts";
import { rolesWithin } from "../../src/core/admin/target.ts";
import { sql } from "../sql.ts";
import type { Whose } from "./account-options.ts";
import { databaseNow } from "./database-clock.ts";
import { findAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import type { Workplace } from "./work.ts";

/**
 * The account that a deed is for, as the service's storage takes it. Whoever has the database may touch
 * every role. `now` is the database's, when the deed is done: what was approved since the command was typed
 * is void too. Refuses to go on without the account or its tenant.
 */
export async function findTarget(
  { database, site }: Workplace,
  whose: Whose,
): Promise<{ target: Target; role: Role; now: Date }> {
  const [tenant = [], account = [], clock = []] = await database.execute([
    findTenant(whose.slug),
    findAccount(whose),
    sql`SELECT ${databaseNow} AS now`,
  ]);
  const { id, role } = requireAccount({ tenant, account }, whose, site);
  const roles = rolesWithin({ role: "superadmin" });
  const target = { tenantId: String(tenant[0]?.["id"]), accountId: String(id), roles };
  return { target, role: role as Role, now: new Date(Number(clock[0]?.["now"])) };
}
