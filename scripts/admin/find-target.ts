import type { Role } from "../../src/core/account/account.ts";
import type { Target } from "../../src/core/admin/account-records.ts";
import { rolesWithin } from "../../src/core/admin/target.ts";
import type { Whose } from "./account-options.ts";
import { findAccount, requireAccount } from "./find-account.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import type { Workplace } from "./work.ts";

/**
 * The account that a deed is for, as the service's storage takes it, and the database's time. Whoever has the
 * database may touch every role. Refuses to go on without the account or its tenant.
 */
export async function findTarget(
  { database, site }: Workplace,
  whose: Whose,
): Promise<{ target: Target; role: Role; now: Date }> {
  const [tenant = [], account = []] = await database.execute([
    findTenant(whose.slug),
    findAccount(whose),
  ]);
  const { tenantId, now } = requireTenant(tenant, whose.slug, site);
  const { id, role } = requireAccount({ tenant, account }, whose, site);
  const roles = rolesWithin({ role: "superadmin" });
  return { target: { tenantId, accountId: String(id), roles }, role: role as Role, now };
}
