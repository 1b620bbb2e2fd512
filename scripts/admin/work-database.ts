import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { localState } from "../local-state.ts";
import { projectFolder } from "../project-folder.ts";
import { busyUnsaid } from "./busy-unsaid.ts";
import type { Place } from "./command.ts";
import { databaseProblem, executeSql } from "./execute-sql.ts";
import { onceFree } from "./once-free.ts";
import type { Row } from "./task.ts";
import type { WorkDatabase } from "./work.ts";
import { wranglerSetting } from "./wrangler-setting.ts";

/**
 * A database for many transactions. The local one is opened once; at Cloudflare each is a request of
 * wrangler's, whose login and nothing else opens it.
 */
export async function openWorkDatabase(order: Place, stop: AbortSignal): Promise<WorkDatabase> {
  return order.remote
    ? { execute: (statements) => executeSql(statements, order, stop), close: async () => {} }
    : openLocally(order.persistTo ?? join(projectFolder, localState), stop);
}

async function openLocally(state: string, stop: AbortSignal): Promise<WorkDatabase> {
  // Of wrangler.toml the database alone: what else is bound would be started too.
  const folder = mkdtempSync(join(tmpdir(), "latchkey-admin-"));
  const configPath = join(folder, "wrangler.json");
  const database = { binding: "DB", database_id: wranglerSetting("database_id") ?? "" };
  writeFileSync(
    configPath,
    JSON.stringify({
      name: "latchkey-admin",
      compatibility_date: wranglerSetting("compatibility_date"),
      d1_databases: [{ ...database, database_name: wranglerSetting("database_name") }],
    }),
  );
  // Heavy, and no other command needs it.
  const { getPlatformProxy } = await import("wrangler");
  const { env, dispose } = await getPlatformProxy<{ DB: D1 }>({
    configPath,
    persist: { path: join(resolve(state), "v3") },
    envFiles: [],
    remoteBindings: false,
  });
  const sayAgain = busyUnsaid();
  return {
    async execute(statements) {
      const transaction = () => env.DB.batch(statements.map(({ text }) => env.DB.prepare(text)));
      try {
        const answers = await onceFree(transaction, stop);
        return answers.map(({ results }) => results);
      } catch (error) {
        throw databaseProblem(String(error), false);
      }
    },
    async close() {
      try {
        await dispose();
      } finally {
        sayAgain();
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

/** What is used of a D1 binding. */
interface D1 {
  prepare(text: string): unknown;
  batch(statements: readonly unknown[]): Promise<{ results: Row[] }[]>;
}
