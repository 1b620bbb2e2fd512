import { Problem } from "./problem.ts";
import { wranglerOutput } from "./wrangler-output.ts";

/** Brings the schema of local data up to date; makes the database where there is none. */
export async function applyLocalMigrations(persistTo: string, stop: AbortSignal): Promise<void> {
  const { output, errors, code } = await wranglerOutput(
    ["d1", "migrations", "apply", "DB", "--local", "--persist-to", persistTo],
    stop,
  );
  if (code !== 0) {
    throw new Problem(
      `Could not apply the migrations:\n${output}${errors}`.trimEnd(),
      "Put the last one right, or make it anew: npm run migration",
    );
  }
}
