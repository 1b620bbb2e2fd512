import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import { accountOptions, readWhose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { KEEPS_SUPERADMIN, lastSuperadmin } from "./keeps-superadmin.ts";
import { changedAccount, requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { signOut } from "./sign-out.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

/**
 * In one transaction, so that no session outlives the moment, nor anything that was approved before it. A
 * tenant keeps a superadmin who may sign in.
 */
export const disableAccount = command({
  summary: "Lets an account in no more and ends its sessions; everything it has is kept",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email mallory@example.com"],

  plan(given) {
    const whose = readWhose(given);
    return task({
      intent: `disable ${whose.email} in the tenant ${whose.slug} and end its sessions`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        disabled: sql`UPDATE accounts SET disabled_at = ${databaseNow}, updated_at = ${databaseNow}
          WHERE ${isAccount(whose)} AND disabled_at IS NULL AND ${KEEPS_SUPERADMIN} RETURNING id`,
        told: tellEvent("account-disabled", whose),
        ...signOut(sql`${isAccount(whose)} AND disabled_at IS NOT NULL`),
      },
      report({ tenant, account, disabled, ended }, site) {
        const { disabled_at: disabledAt } = requireAccount({ tenant, account }, whose, site);
        if (disabledAt === null && disabled.length === 0) {
          throw lastSuperadmin(whose, site);
        }
        return [
          `${whose.email} is disabled${disabledAt === null ? "" : ", as it was"}. Sessions ended: ${ended.length}.`,
        ];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const { id, disabled } = await requireRemote(api, whose);
          const body = { disabled: true };
          const answer = await askOfAccount(api, whose, { id, method: "PATCH", body });
          const { ended_count: ended } = changedAccount.parse(answer);
          return [
            `${whose.email} is disabled${disabled ? ", as it was" : ""}. Sessions ended: ${ended}.`,
          ];
        },
      },
    });
  },
});
