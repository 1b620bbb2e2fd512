import { d1AccountRecords } from "../../src/storage/d1/account-records.ts";
import { accountOptions, readWhose, type Whose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { eventByOperator } from "./event-by-operator.ts";
import { noAccount } from "./find-account.ts";
import { findTarget } from "./find-target.ts";
import { lastSuperadmin } from "./keeps-superadmin.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import type { Work } from "./work.ts";

/**
 * Its password, sessions, factors, passkeys and keys go with it, service keys that it made too. An open tenant
 * closes behind its last account, and keeps a superadmin who can sign in.
 */
export const removeAccount = command({
  summary: "Removes an account and everything that is its own, for good; nothing brings it back",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com"],

  plan(given): Work {
    const whose = readWhose(given);
    const { email, slug } = whose;
    return {
      intent: `remove ${email} and everything of its own from the tenant ${slug}, for good`,
      async run(place) {
        const { target, role, now } = await findTarget(place, whose);
        const records = d1AccountRecords(storageOn(place.database));
        const event = eventByOperator("account-removed", target, now);
        if (!(await records.remove({ ...target, email }, event))) {
          throw role === "superadmin" ? lastSuperadmin(whose, place.site) : noAccount(whose);
        }
        return [outcome(whose)];
      },
      overHttp: {
        scopes: scopesIn(slug, "admin:accounts"),
        async carryOut(api) {
          const { id } = await requireRemote(api, whose);
          await askOfAccount(api, whose, { id, method: "DELETE" });
          return [outcome(whose)];
        },
      },
    };
  },
});

function outcome({ email, slug }: Whose): string {
  return `Removed ${email} and everything of its own from the tenant ${slug}.`;
}
