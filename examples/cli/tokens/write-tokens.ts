import type { Tokens } from "./tokens.ts";
import { writePrivateFile } from "./write-private-file.ts";

/** Replaces a token file, in one step and readable by its owner only. */
export async function writeTokens(path: string, tokens: Tokens): Promise<void> {
  await writePrivateFile(path, `${JSON.stringify(tokens, null, 2)}\n`);
}
