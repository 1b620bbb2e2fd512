import { text } from "node:stream/consumers";
import { developmentClients } from "../development-clients.ts";
import { Problem } from "../problem.ts";
import { exitCode } from "./exit-code.ts";
import { seedStatement } from "./seed-statement.ts";
import { startWrangler } from "./start-wrangler.ts";

/** Applies the migrations that the local database lacks, then brings the development clients up to date. */
export async function prepareLocalDatabase(stop: AbortSignal): Promise<void> {
  await run(["d1", "migrations", "apply", "DB", "--local"], "apply the migrations", stop);
  const seed = seedStatement(developmentClients, new Date());
  await run(["d1", "execute", "DB", "--local", "--command", seed], "write the clients", stop);
}

async function run(args: readonly string[], what: string, stop: AbortSignal): Promise<void> {
  const wrangler = startWrangler(args, stop);
  const [output, errors, code] = await Promise.all([
    text(wrangler.stdout),
    text(wrangler.stderr),
    exitCode(wrangler),
  ]);
  stop.throwIfAborted();
  if (code !== 0) {
    throw new Problem(
      `Could not ${what} in the local database:\n${output}${errors}`.trimEnd(),
      "If the local data is from an older schema, delete it and start again: npm run reset && npm run dev",
    );
  }
}
