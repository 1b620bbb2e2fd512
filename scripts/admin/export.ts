import { command } from "./command.ts";
import { counted } from "./counted.ts";
import { everyAccount } from "./export/every-account.ts";
import { tenantOf } from "./find-tenant.ts";
import { newPrivateFile } from "./new-private-file.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

/** What `import` takes in again, under the same AUTH_SECRET. See docs/moving.md. */
export const exportCommand = command({
  summary: "Writes every account of a tenant to a file that import takes in again",
  options: {
    file: {
      value: "file",
      what: "where to; a new file that only its owner may read",
      required: true,
    },
    tenant: tenantOption,
  },
  onlyReads: true,
  examples: ["--file accounts.ndjson", "--file acme.ndjson --tenant acme --remote"],

  plan({ file: path, tenant }): Work {
    const slug = tenant ?? DEFAULT_TENANT_SLUG;
    return {
      intent: `write every account of the tenant ${slug} to ${path}`,
      readsOnly: true,
      async run(place) {
        const { tenantId } = await tenantOf(place, slug);
        const file = await newPrivateFile(path);
        let count = 0;
        try {
          for await (const lines of everyAccount(tenantId, (all) => place.database.execute(all))) {
            await file.write(lines.map((line) => `${line}\n`).join(""));
            count += lines.length;
            place.stop.throwIfAborted();
          }
        } finally {
          await file.close();
        }
        return [
          `Written to ${path}: ${counted(count, "account")}, with their password hashes. Keep it as you keep the database.`,
        ];
      },
    };
  },
});
