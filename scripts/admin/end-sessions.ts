import { d1AccountRecords } from "../../src/storage/d1/account-records.ts";
import { accountOptions, readWhose, type Whose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { eventByOperator } from "./event-by-operator.ts";
import { noAccount } from "./find-account.ts";
import { findTarget } from "./find-target.ts";
import { changedAccount, requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { storageOn } from "./storage-on.ts";
import type { Work } from "./work.ts";

/** With sessions goes what was approved and has opened none yet. */
export const endSessions = command({
  summary: "Signs an account out everywhere; its password, passkeys and keys stay",
  options: accountOptions,
  isOverHttp: true,
  examples: ["--email ada@example.com"],

  plan(given): Work {
    const whose = readWhose(given);
    return {
      intent: `end the sessions of ${whose.email} in the tenant ${whose.slug}`,
      async run(place) {
        const { target, now } = await findTarget(place, whose);
        const records = d1AccountRecords(storageOn(place.database));
        const event = eventByOperator("sessions-ended-by-admin", target, now);
        const endedCount = await records.endSessions(target, event);
        if (endedCount === null) {
          throw noAccount(whose);
        }
        return [outcome(whose, endedCount)];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const { id } = await requireRemote(api, whose);
          const asked = { id, below: "/sessions", method: "DELETE" } as const;
          const answer = await askOfAccount(api, whose, asked);
          return [outcome(whose, changedAccount.parse(answer).ended_count)];
        },
      },
    };
  },
});

function outcome({ email }: Whose, endedCount: number): string {
  return `${email} is signed out everywhere. Sessions ended: ${endedCount}.`;
}
