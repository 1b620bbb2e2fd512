import { d1AccountRecords } from "../../src/storage/d1/account-records.ts";
import { accountOptions, readWhose, type Whose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { eventByOperator } from "./event-by-operator.ts";
import { findTarget } from "./find-target.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import type { Work } from "./work.ts";

/**
 * For who has lost app and recovery codes, once it is certain who asks. Sessions end with it, and what was
 * approved. Where none is on, nothing happens.
 */
export const removeSecondFactor = command({
  summary: "Turns an account's two-factor sign-in off and ends its sessions",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com"],

  plan(given): Work {
    const whose = readWhose(given);
    return {
      intent: `remove the second factor of ${whose.email} in the tenant ${whose.slug} and end its sessions`,
      async run(place) {
        const { target, now } = await findTarget(place, whose);
        const records = d1AccountRecords(storageOn(place.database));
        const event = eventByOperator("second-factor-removed", target, now);
        return [(await records.removeSecondFactor(target, event)) ? removed(whose) : noneOn(whose)];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const { id, two_factor_enabled: hadOne } = await requireRemote(api, whose);
          if (!hadOne) {
            return [noneOn(whose)];
          }
          await askOfAccount(api, whose, { id, below: "/second-factor", method: "DELETE" });
          return [removed(whose)];
        },
      },
    };
  },
});

function removed({ email }: Whose): string {
  return `${email} signs in without a second factor now. Its sessions ended.`;
}

function noneOn({ email }: Whose): string {
  return `${email} has no second factor. Nothing was changed.`;
}
