import { rm } from "node:fs/promises";

/** Deletes a token file; one that is not there is fine. */
export async function forgetTokens(path: string): Promise<void> {
  await rm(path, { force: true });
}
