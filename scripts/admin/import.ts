import { createReadStream, statSync } from "node:fs";
import { v7 } from "uuid";
import { ITERATIONS } from "../../src/crypto/password-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { Problem } from "../problem.ts";
import { command } from "./command.ts";
import { tenantOf } from "./find-tenant.ts";
import { conclusion } from "./import/conclusion.ts";
import { formatNamed } from "./import/formats.ts";
import { importAccounts } from "./import/import-accounts.ts";
import type { NumberedText } from "./import/numbered-lines.ts";
import { type About, newReport, type Report, resumedReport } from "./import/report-file.ts";
import { showProgress } from "./import/show-progress.ts";
import type { Given } from "./option.ts";
import { secretOf } from "./secret-of.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/** So that a script can tell that the import went through, and that lines were refused. */
const SOME_REFUSED = 2;

const options = {
  file: { value: "file", what: "the accounts", required: true },
  format: {
    value: "name",
    what: "latchkey (unless given), better-auth, supabase, keycloak, auth0 or firebase",
  },
  tenant: tenantOption,
  roles: { what: "also take roles, the Zapier flag and service keys" },
  "firebase-hashing": { value: "file", what: "the project's hash_config, as its console shows it" },
  report: {
    value: "file",
    what: "where to report on each line; <file>.report.ndjson unless given",
  },
  resume: { value: "file", what: "the report of an import that was broken off, to go on with it" },
  "dry-run": { what: "read and check everything, and store nothing" },
} as const;

/** Accounts of another system, or our own. See docs/moving.md. */
export const importCommand = command({
  summary: "Takes in accounts of another system from a file, with their password hashes",
  options,
  examples: [
    "--file accounts.ndjson --dry-run",
    "--file realm.json --format keycloak --tenant acme --remote",
    "--file accounts.ndjson --resume accounts.ndjson.report.ndjson",
  ],

  plan(given): Work {
    const slug = given.tenant ?? DEFAULT_TENANT_SLUG;
    const format = formatNamed(given.format ?? "latchkey", given["firebase-hashing"] ?? null);
    const dryRun = given["dry-run"];
    return {
      intent: `${dryRun ? "check" : "take in"} the accounts in ${given.file} for the tenant ${slug}`,
      ...(dryRun && { readsOnly: true }),
      async run(place) {
        const { tenantId, now } = await tenantOf(place, slug);
        const vault = createVault(await secretOf(place));
        const report = await openReport(given, aboutOf(given, slug));
        const lines = after(report.lastLine, format.read(createReadStream(given.file)));
        const progress = showProgress();
        try {
          const tally = await importAccounts(lines, format.mapper, {
            ...{
              vault,
              iterations: ownIterations(),
              tenantId,
              withRoles: given.roles,
              now,
              dryRun,
            },
            newId: () => v7({ msecs: now.getTime() }),
            execute: (statements) => place.database.execute(statements),
            async report(outcomes) {
              await report.write(outcomes);
              progress(outcomes);
              place.stop.throwIfAborted();
            },
          });
          process.exitCode = tally.refused > 0 ? SOME_REFUSED : process.exitCode;
          return conclusion(tally, { dryRun, report: reportPath(given) });
        } finally {
          await report.close();
        }
      },
    };
  },
});

/** The setting may ask for more than there are without it, and in production for no less. */
function ownIterations(): number {
  return Math.max(ITERATIONS, Number(wranglerSetting("PASSWORD_ITERATIONS")) || 0);
}

function aboutOf({ file, format }: Given<typeof options>, tenant: string): About {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw new Problem(`There is no file ${file}.`, "Check its path.");
  }
  return { report: 1, file_bytes: stat.size, format: format ?? "latchkey", tenant };
}

/** A report of what was only checked is none to go on with. */
function openReport(given: Given<typeof options>, about: About): Promise<Report> {
  if (given.resume !== undefined && (given.report !== undefined || given["dry-run"])) {
    throw new Problem("--resume names the report.", "Leave out --report and --dry-run.");
  }
  return given.resume === undefined
    ? newReport(reportPath(given), about)
    : resumedReport(given.resume, about);
}

function reportPath({ file, report, resume, "dry-run": dryRun }: Given<typeof options>): string {
  return resume ?? report ?? `${file}${dryRun ? ".dry-run" : ""}.report.ndjson`;
}

async function* after(last: number, lines: AsyncIterable<NumberedText>) {
  for await (const line of lines) {
    if (line.line > last) {
      yield line;
    }
  }
}
