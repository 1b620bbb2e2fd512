import { Problem } from "../problem.ts";
import type { Sql } from "../sql.ts";
import { wranglerOutput } from "../wrangler-output.ts";
import type { Place } from "./command.ts";
import { onceFree } from "./once-free.ts";
import type { Row } from "./task.ts";
import { environmentFlag } from "./wrangler-setting.ts";

/**
 * Runs the statements in one transaction and gives the rows of each. They hold addresses and hashes, so
 * nobody sees them in the list of processes. By a file (`--file`) wrangler would give no rows of a
 * database at Cloudflare, and keep it from everybody meanwhile.
 */
export function executeSql(
  statements: readonly Sql[],
  place: Place,
  stop: AbortSignal,
): Promise<Row[][]> {
  const transaction = () => executeOnce(statements, place, stop);
  return place.remote ? transaction() : onceFree(transaction, stop);
}

async function executeOnce(
  statements: readonly Sql[],
  { remote, persistTo, env }: Place,
  stop: AbortSignal,
): Promise<Row[][]> {
  const place = remote
    ? ["--remote", environmentFlag(env)]
    : ["--local", ...(persistTo ? ["--persist-to", persistTo] : [])];
  const command = statements.map(({ text }) => text).join(";\n");
  const { output, errors, code } = await wranglerOutput(
    ["d1", "execute", "DB", ...place, "--json"],
    stop,
    ["--command", command],
  );
  const answers = code === 0 ? read(output) : null;
  if (!answers) {
    throw databaseProblem(`${output}\n${errors}`.trim(), remote);
  }
  return answers;
}

/** That the database gave no rows, with what it said instead. */
export function databaseProblem(said: string, remote: boolean): Problem {
  return new Problem(`The database did not answer as it should:\n${said}`, advice(said, remote));
}

function read(output: string): Row[][] | null {
  try {
    const answers = JSON.parse(output) as { results: Row[] }[];
    return answers.map(({ results }) => results);
  } catch {
    return null;
  }
}

function advice(said: string, remote: boolean): string {
  if (/no such (table|column)/.test(said)) {
    return remote
      ? "Bring its schema up to date: npx wrangler d1 migrations apply DB --remote"
      : "Bring its schema up to date by starting the server once: npm run dev";
  }
  return remote
    ? "Check database_id in wrangler.toml, and the account with npx wrangler whoami or npx wrangler login."
    : "If the local data is broken, start over: npm run reset && npm run dev";
}
