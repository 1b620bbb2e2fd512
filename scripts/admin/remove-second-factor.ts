import { sql } from "../sql.ts";
import { accountOptions, readWhose, type Whose } from "./account-options.ts";
import { requireRemote } from "./admin-api.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { scopesIn } from "./scopes-in.ts";
import { signOut } from "./sign-out.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

/**
 * For who has lost app and recovery codes, once it is certain who asks. Sessions end with it, and what was
 * approved. Where none is on, nothing happens.
 */
export const removeSecondFactor = command({
  summary: "Turns an account's two-factor sign-in off and ends its sessions",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com"],

  plan(given) {
    const whose = readWhose(given);
    const isOn = sql`EXISTS (SELECT 1 FROM second_factors
      WHERE account_id = accounts.id AND confirmed_at IS NOT NULL)`;
    const hasIt = sql`${isAccount(whose)} AND ${isOn}`;
    const id = sql`(SELECT id FROM accounts WHERE ${hasIt})`;
    return task({
      intent: `remove the second factor of ${whose.email} in the tenant ${whose.slug} and end its sessions`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        // Before it is gone, by which they are known to have to go.
        ...signOut(hasIt),
        codes: sql`DELETE FROM recovery_codes WHERE account_id = ${id} RETURNING digest`,
        removed: sql`DELETE FROM second_factors WHERE account_id = ${id} RETURNING account_id`,
        told: tellEvent("second-factor-removed", whose),
      },
      report({ tenant, account, removed, ended }, site) {
        requireAccount({ tenant, account }, whose, site);
        return [
          removed.length === 0
            ? noneOn(whose)
            : `${whose.email} signs in without a second factor now. Sessions ended: ${ended.length}.`,
        ];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const { id, two_factor_enabled: hadOne } = await requireRemote(api, whose);
          if (!hadOne) {
            return [noneOn(whose)];
          }
          const path = `/accounts/${id}/second-factor`;
          await api.ask({ method: "DELETE", path, tenant: whose.slug });
          return [`${whose.email} signs in without a second factor now. Its sessions ended.`];
        },
      },
    });
  },
});

function noneOn({ email }: Whose): string {
  return `${email} has no second factor. Nothing was changed.`;
}
