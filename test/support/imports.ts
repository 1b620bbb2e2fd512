import { env } from "cloudflare:workers";
import { v7 } from "uuid";
import type { Mapper } from "../../scripts/admin/import/foreign-row.ts";
import {
  type ImportPorts,
  importAccounts,
  type Outcome,
} from "../../scripts/admin/import/import-accounts.ts";
import { type NumberedText, numberedLines } from "../../scripts/admin/import/numbered-lines.ts";
import type { Row } from "../../scripts/admin/task.ts";
import type { Sql } from "../../scripts/sql.ts";
import { ITERATIONS } from "../../src/crypto/password-hash.ts";
import { createVault } from "../../src/crypto/vault.ts";
/** Of the first migrations. */
export const TENANT = "00000000-0000-7000-8000-000000000000";

/** As `npm run admin` does it, on the tests' database. */
export async function executeAll(statements: readonly Sql[]): Promise<Row[][]> {
  const answers = await env.DB.batch<Row>(statements.map(({ text }) => env.DB.prepare(text)));
  return answers.map(({ results }) => results);
}

export interface Imported {
  outcomes: Outcome[];
  tally: Awaited<ReturnType<typeof importAccounts>>;
}

/** Takes in a file's text, as it comes off a disk. */
export async function imported(
  text: string | readonly object[],
  how: Partial<ImportPorts> & {
    mapper?: Mapper;
    read?: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<NumberedText>;
    secret?: string;
  } = {},
): Promise<Imported> {
  const { mapper = null, read = numberedLines, secret = env.AUTH_SECRET, ...replaced } = how;
  const outcomes: Outcome[] = [];
  const file =
    typeof text === "string" ? text : text.map((row) => `${JSON.stringify(row)}\n`).join("");
  const tally = await importAccounts(read(chunksOf(file)), mapper, {
    vault: createVault({ current: secret, previous: null }),
    tenantId: TENANT,
    iterations: ITERATIONS,
    withRoles: false,
    now: new Date(),
    newId: () => v7(),
    execute: executeAll,
    report: async (some) => void outcomes.push(...some),
    dryRun: false,
    ...replaced,
  });
  return { outcomes, tally };
}

/** In pieces that end in the middle of lines and of characters. */
async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += 97) {
    yield bytes.subarray(start, start + 97);
  }
}
