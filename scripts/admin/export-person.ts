import { accountOptions, readWhose } from "./account-options.ts";
import { command } from "./command.ts";
import { personAsJson, personStatements } from "./export/person.ts";
import { findAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { newPrivateFile } from "./new-private-file.ts";
import type { Work } from "./work.ts";

/** For who asks what is stored of them: GDPR Art. 15 and 20. No secret, no hash. */
export const exportPerson = command({
  summary: "Writes what is stored of one person to a file, for them to read: no secret, no hash",
  options: {
    ...accountOptions,
    file: {
      value: "file",
      what: "where to; a new file that only its owner may read",
      required: true,
    },
  },
  onlyReads: true,
  examples: ["--email ada@example.com --file ada.json"],

  plan(given): Work {
    const whose = readWhose(given);
    return {
      intent: `write what is stored of ${whose.email} in the tenant ${whose.slug} to ${given.file}`,
      readsOnly: true,
      async run({ database, site }) {
        const [tenant = [], account = []] = await database.execute([
          findTenant(whose.slug),
          findAccount(whose),
        ]);
        const { id } = requireAccount({ tenant, account }, whose, site);
        const statements = personStatements(String(id), whose.email, String(tenant[0]?.["id"]));
        const person = personAsJson(statements, await database.execute(Object.values(statements)));
        const file = await newPrivateFile(given.file);
        await file.write(`${person}\n`);
        await file.close();
        return [`Written to ${given.file}.`];
      },
    };
  },
});
