import { text } from "node:stream/consumers";
import { exitCode } from "./dev/exit-code.ts";
import { startWrangler, startWranglerPrivately } from "./dev/start-wrangler.ts";

/**
 * Runs wrangler to its end and gives all it wrote. Throws only when told to stop. `privateArgs` come
 * after the others and show in no list of processes.
 */
export async function wranglerOutput(
  args: readonly string[],
  stop: AbortSignal,
  privateArgs: readonly string[] = [],
): Promise<{ output: string; errors: string; code: number }> {
  const wrangler =
    privateArgs.length > 0
      ? startWranglerPrivately(args, privateArgs, stop)
      : startWrangler(args, stop);
  const [output, errors, code] = await Promise.all([
    text(wrangler.stdout),
    text(wrangler.stderr),
    exitCode(wrangler),
  ]);
  stop.throwIfAborted();
  return { output, errors, code };
}
