import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { Tokens } from "./tokens.ts";

/**
 * Replaces a token file in one step, readable by its owner only: a crash leaves the old file or the new
 * one, whole. The new one is on the disk before it counts, as its refresh token cannot be had again.
 */
export async function writeTokens(path: string, tokens: Tokens): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${JSON.stringify(tokens, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
