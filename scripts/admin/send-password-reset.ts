import { accountOptions, readWhose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import type { Errand } from "./task.ts";

/** The link is mailed to the address and shown to nobody. */
export const sendPasswordReset = command({
  summary: "Mails an account's owner a link to set a new password, which ends its sessions",
  options: accountOptions,
  onlyOverHttp: "A link is mailed by the running service, and by no database.",
  examples: ["--email ada@example.com --url https://auth.example.com"],

  plan(given): Errand {
    const whose = readWhose(given);
    const { email, slug: tenant } = whose;
    return {
      intent: `mail ${email}, in the tenant ${tenant}, a link to set a new password`,
      overHttp: {
        scopes: scopesIn(tenant, "admin:accounts"),
        async carryOut(api) {
          const { id } = await requireRemote(api, whose);
          await askOfAccount(api, whose, { id, below: "/password-reset", method: "POST" });
          return [
            `A link to set a new password is mailed to ${email}.`,
            "Until it is used, the password that there is works.",
          ];
        },
      },
    };
  },
});
