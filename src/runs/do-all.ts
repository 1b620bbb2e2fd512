import { describeError } from "../log/describe-error.ts";
import { write } from "../log/write.ts";

/** None hangs on another. Throws in the end where one failed, so that the run shows as failed. */
export async function doAll(chores: Record<string, () => Promise<void>>): Promise<void> {
  const failed: string[] = [];
  for (const [chore, work] of Object.entries(chores)) {
    try {
      await work();
    } catch (error) {
      failed.push(chore);
      write("error", { chore, error: describeError(error) });
    }
  }
  if (failed.length > 0) {
    throw new Error(`chores failed: ${failed.join(", ")}`);
  }
}
