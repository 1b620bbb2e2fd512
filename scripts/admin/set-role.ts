import type { Role } from "../../src/core/account/account.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { accountOptions, readWhose } from "./account-options.ts";
import { requireRemote } from "./admin-api.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { KEEPS_SUPERADMIN, lastSuperadmin } from "./keeps-superadmin.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

const ROLES: readonly Role[] = ["user", "admin", "superadmin"];

/**
 * Gives no power to an account whose owner never proved the address: it may be a stranger's. A tenant keeps a
 * superadmin who may sign in.
 */
export const setRole = command({
  summary: "Says what an account may do to others of its tenant",
  options: {
    ...accountOptions,
    role: { value: ROLES.join("|"), what: "what it may do", required: true },
  },
  isOverHttp: true,
  examples: ["--email ada@example.com --role admin"],

  plan(given, now) {
    const whose = readWhose(given);
    const role = readRole(given.role);
    const mayHaveIt = sql`(email_verified_at IS NOT NULL OR ${role} = 'user')`;
    return task({
      intent: `give ${whose.email} the role ${role} in the tenant ${whose.slug}`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        changed: sql`UPDATE accounts SET role = ${role}, updated_at = ${now}
          WHERE ${isAccount(whose)} AND role <> ${role} AND ${mayHaveIt} AND ${KEEPS_SUPERADMIN}
          RETURNING id`,
        told: tellEvent("role-changed", whose, now, role),
      },
      report({ tenant, account, changed }, site) {
        const before = requireAccount({ tenant, account }, whose, site);
        if (before["role"] === role) {
          return [`${whose.email} has the role ${role} already.`];
        }
        if (changed.length === 0 && (role === "user" || before["email_verified_at"] !== null)) {
          throw lastSuperadmin(whose, site);
        }
        if (changed.length === 0) {
          throw new Problem(
            `${whose.email} has not proved its address: it may be a stranger's.`,
            "Its owner follows the link that was mailed, or asks for a new password. Then try again.",
          );
        }
        return [`${whose.email} was ${before["role"]} of the tenant ${whose.slug}, now ${role}.`];
      },
      overHttp: {
        scopes: ["admin:accounts"],
        async carryOut(api) {
          const before = await requireRemote(api, whose);
          if (before.role === role) {
            return [`${whose.email} has the role ${role} already.`];
          }
          const path = `/accounts/${before.id}`;
          await api.ask({ method: "PATCH", path, tenant: whose.slug, body: { role } });
          return [`${whose.email} was ${before.role} of the tenant ${whose.slug}, now ${role}.`];
        },
      },
    });
  },
});

function readRole(given: string): Role {
  const role = ROLES.find((known) => known === given);
  if (!role) {
    throw new Problem(
      `${JSON.stringify(given)} is not a role.`,
      `Give one of ${ROLES.join(", ")}: --role admin`,
    );
  }
  return role;
}
