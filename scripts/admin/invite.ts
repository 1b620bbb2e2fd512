import { languages } from "../../src/core/language.ts";
import { Problem } from "../problem.ts";
import { accountOptions, readWhose } from "./account-options.ts";
import { accountRefusals, askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { readLanguage } from "./read-language.ts";
import { readName } from "./read-name.ts";
import { findRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import type { Errand } from "./task.ts";

/** The link is mailed to the address and shown to nobody: whoever reads that mailbox proves it by it. */
export const invite = command({
  summary: "Mails somebody a link to set a password, and makes an account where there is none",
  options: {
    ...accountOptions,
    name: { value: "name", what: "whose account is made" },
    language: { value: languages.join("|"), what: "in which that person reads" },
  },
  onlyOverHttp: "An invitation is a letter, which the running service sends and no database can.",
  examples: [
    "--email ada@example.com --url https://auth.example.com",
    '--email ada@example.com --tenant acme --name "Ada" --language en --url https://auth.example.com',
  ],

  plan(given): Errand {
    const whose = readWhose(given);
    const { email, slug: tenant } = whose;
    const about = {
      ...(given.name !== undefined && { name: readName(given.name) }),
      ...(given.language !== undefined && { language: readLanguage(given.language) }),
    };
    return {
      intent: `invite ${email} to the tenant ${tenant}, by mail`,
      overHttp: {
        scopes: scopesIn(tenant, "admin:accounts"),
        async carryOut(api) {
          const account = await findRemote(api, whose);
          if (!account) {
            const body = { email, ...about, invite: true };
            const refusals = accountRefusals(whose, api.site);
            await api.ask({ method: "POST", path: "/accounts", tenant, body, refusals });
            return [
              `Made ${email} an account of the tenant ${tenant}.`,
              "A link to set a password, good for three days, is mailed there.",
            ];
          }
          if (Object.keys(about).length > 0) {
            throw new Problem(
              `${email} has an account of the tenant ${tenant} already, with a name and language of its own.`,
              "Leave out --name and --language to mail its owner a link.",
            );
          }
          const { id } = account;
          await askOfAccount(api, whose, { id, below: "/invitation", method: "POST" });
          return [
            `${email} has an account of the tenant ${tenant} already.`,
            "A link to set its password is mailed there.",
          ];
        },
      },
    };
  },
});
