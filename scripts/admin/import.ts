import { createReadStream, statSync } from "node:fs";
import { v7 } from "uuid";
import { ITERATIONS } from "../../src/crypto/password-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";
import { Problem } from "../problem.ts";
import { say } from "../say.ts";
import { command } from "./command.ts";
import { tenantIdOf } from "./find-tenant.ts";
import { formatNamed } from "./import/formats.ts";
import { importAccounts, type Tally } from "./import/import-accounts.ts";
import type { NumberedText } from "./import/numbered-lines.ts";
import { type About, newReport, type Report, resumedReport } from "./import/report-file.ts";
import { showProgress } from "./import/show-progress.ts";
import type { Given } from "./option.ts";
import { secretOf } from "./secret-of.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";
import type { Work } from "./work.ts";

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

  plan(given, now): Work {
    const slug = given.tenant ?? DEFAULT_TENANT_SLUG;
    const format = formatNamed(given.format ?? "latchkey", given["firebase-hashing"] ?? null);
    const dryRun = given["dry-run"];
    return {
      intent: `${dryRun ? "check" : "take in"} the accounts in ${given.file} for the tenant ${slug}`,
      ...(dryRun && { readsOnly: true }),
      async run(place) {
        const tenantId = await tenantIdOf(place, slug);
        const vault = createVault(await secretOf(place));
        const report = await openReport(given, aboutOf(given, slug));
        const lines = after(report.lastLine, format.read(createReadStream(given.file)));
        const progress = showProgress();
        try {
          const tally = await importAccounts(lines, format.mapper, {
            ...{ vault, tenantId, withRoles: given.roles, now, dryRun },
            newId: v7,
            execute: (statements) => place.database.execute(statements),
            async report(outcomes) {
              await report.write(outcomes);
              progress(outcomes);
              place.stop.throwIfAborted();
            },
          });
          conclude(tally, dryRun);
        } finally {
          await report.close();
        }
      },
    };
  },
});

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
  const path = given.report ?? `${given.file}${given["dry-run"] ? ".dry-run" : ""}.report.ndjson`;
  return given.resume === undefined ? newReport(path, about) : resumedReport(given.resume, about);
}

async function* after(last: number, lines: AsyncIterable<NumberedText>) {
  for await (const line of lines) {
    if (line.line > last) {
      yield line;
    }
  }
}

function conclude({ imported, thereAlready, refused, ...of }: Tally, dryRun: boolean): void {
  say(dryRun ? `Would be imported: ${imported}.` : `Imported: ${imported}.`);
  say(`There already: ${thereAlready}. Refused: ${refused}.`);
  if (of.dear > 0) {
    const times = (of.dearest / ITERATIONS).toFixed(2);
    say(
      `Passwords that cost more to check than one of ours: ${of.dear}, the dearest ${times} times as much. So long does every wrong password take in this tenant, while imported ones are left.`,
    );
  }
  if (refused > 0) {
    say("The report says of each line that was refused, why.");
    process.exitCode = SOME_REFUSED;
  }
}
