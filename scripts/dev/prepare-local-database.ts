import { developmentAccount } from "../development-seeds.ts";
import { Problem } from "../problem.ts";
import { wranglerOutput } from "../wrangler-output.ts";
import { hashPassword } from "./hash-password.ts";
import { localSecrets } from "./local-secret.ts";
import { seedStatements } from "./seed-statements.ts";

/** Applies the migrations that the local database lacks, then brings what it begins with up to date. */
export async function prepareLocalDatabase(publicUrl: string, stop: AbortSignal): Promise<void> {
  const [passwordHash] = await Promise.all([
    hashPassword(developmentAccount.password, localSecrets()),
    run(["d1", "migrations", "apply", "DB", "--local"], "apply the migrations", stop),
  ]);
  const seeds = seedStatements(passwordHash, publicUrl);
  const command = seeds.map(({ text }) => text).join(";\n");
  await run(["d1", "execute", "DB", "--local", "--command", command], "write the seeds", stop);
}

async function run(args: readonly string[], what: string, stop: AbortSignal): Promise<void> {
  const { output, errors, code } = await wranglerOutput(args, stop);
  if (code !== 0) {
    throw new Problem(
      `Could not ${what} in the local database:\n${output}${errors}`.trimEnd(),
      "If the local data is from an older schema, delete it and start again: npm run reset && npm run dev",
    );
  }
}
