import type { Role } from "../../src/core/account/account.ts";
import { rolesBelow } from "../../src/core/role.ts";
import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { Sql, sql } from "../sql.ts";
import { accountOptions, readWhose, type Whose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { KEEPS_SUPERADMIN, lastSuperadmin } from "./keeps-superadmin.ts";
import { notProved } from "./not-proved.ts";
import { findMeans, inWords, type Promotion, promotionBy, promotionIn } from "./promotion.ts";
import { requireRemote } from "./remote-accounts.ts";
import { revokeApiKeys } from "./revoke-api-keys.ts";
import { scopesIn } from "./scopes-in.ts";
import { signOut } from "./sign-out.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

const ROLES: readonly Role[] = ["user", "admin", "superadmin"];

/**
 * Gives no power to an account whose owner never proved the address: it may be a stranger's. A tenant keeps a
 * superadmin who may sign in. A higher role ends the account's sessions, what it approved before and its API
 * keys. It leaves the password, passkeys and the app, which whoever registered set up, and says so.
 */
export const setRole = command({
  summary: "Says what an account may do to others of its tenant",
  options: {
    ...accountOptions,
    role: { value: ROLES.join("|"), what: "what it may do", required: true },
  },
  isOverHttp: true,
  examples: ["--email ada@example.com --role admin"],

  plan(given) {
    const whose = readWhose(given);
    const role = readRole(given.role);
    const mayHaveIt = sql`(email_verified_at IS NOT NULL OR ${role} = 'user')`;
    const isPromoted = sql`${isAccount(whose)} AND ${mayHaveIt} AND ${isBelow(role)}`;
    return task({
      intent: `give ${whose.email}${role === "user" ? "" : ", and so whoever knows its password,"} the role ${role} in the tenant ${whose.slug}`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        // Before the role is another, by which it is known to be higher.
        ...signOut(isPromoted),
        ...revokeApiKeys(isPromoted),
        changed: sql`UPDATE accounts SET role = ${role}, updated_at = ${databaseNow}
          WHERE ${isAccount(whose)} AND role <> ${role} AND ${mayHaveIt} AND ${KEEPS_SUPERADMIN}
          RETURNING id`,
        told: tellEvent("role-changed", whose, role),
        means: findMeans(whose),
      },
      report({ tenant, account, changed, ...rows }, site) {
        const before = requireAccount({ tenant, account }, whose, site);
        if (before["role"] === role) {
          return [`${whose.email} has the role ${role} already.`];
        }
        if (changed.length === 0 && (role === "user" || before["email_verified_at"] !== null)) {
          throw lastSuperadmin(whose, site);
        }
        if (changed.length === 0) {
          throw notProved(whose);
        }
        return outcome(whose, String(before["role"]), role, promotionBy(rows));
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const before = await requireRemote(api, whose);
          if (before.role === role) {
            return [`${whose.email} has the role ${role} already.`];
          }
          const change = { id: before.id, method: "PATCH", body: { role } } as const;
          const answer = await askOfAccount(api, whose, change);
          return outcome(whose, before.role, role, promotionIn(answer));
        },
      },
    });
  },
});

function isBelow(role: Role): Sql {
  const below = rolesBelow(role).map((lower) => sql`role = ${lower}`.text);
  return new Sql(below.length === 0 ? "false" : `(${below.join(" OR ")})`);
}

function outcome(whose: Whose, before: string, role: Role, promotion: Promotion): string[] {
  const changed = `${whose.email} was ${before} of the tenant ${whose.slug}, now ${role}.`;
  const isPromoted = rolesBelow(role).some((lower) => lower === before);
  return isPromoted ? inWords(changed, promotion, whose) : [changed];
}

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
