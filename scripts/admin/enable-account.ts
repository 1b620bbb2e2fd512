import { databaseNow } from "../database-clock.ts";
import { sql } from "../sql.ts";
import { accountOptions, readWhose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

/** Sessions that were ended stay so: its owner signs in again. */
export const enableAccount = command({
  summary: "Lets a disabled account in again",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com"],

  plan(given) {
    const whose = readWhose(given);
    return task({
      intent: `enable ${whose.email} in the tenant ${whose.slug}`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        enabled: sql`UPDATE accounts SET disabled_at = NULL, updated_at = ${databaseNow}
          WHERE ${isAccount(whose)} AND disabled_at IS NOT NULL`,
        told: tellEvent("account-enabled", whose),
      },
      report({ tenant, account }, site) {
        const { disabled_at: disabledAt } = requireAccount({ tenant, account }, whose, site);
        return [`${whose.email} is enabled${disabledAt === null ? ", as it was" : ""}.`];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const { id, disabled } = await requireRemote(api, whose);
          const body = { disabled: false };
          await askOfAccount(api, whose, { id, method: "PATCH", body });
          return [`${whose.email} is enabled${disabled ? "" : ", as it was"}.`];
        },
      },
    });
  },
});
