import { text } from "node:stream/consumers";
import { exitCode } from "./dev/exit-code.ts";
import { startWrangler } from "./dev/start-wrangler.ts";

/** Runs wrangler to its end and gives all it wrote. Throws only when told to stop. */
export async function wranglerOutput(
  args: readonly string[],
  stop: AbortSignal,
): Promise<{ output: string; errors: string; code: number }> {
  const wrangler = startWrangler(args, stop);
  const [output, errors, code] = await Promise.all([
    text(wrangler.stdout),
    text(wrangler.stderr),
    exitCode(wrangler),
  ]);
  stop.throwIfAborted();
  return { output, errors, code };
}
