import { mkdir, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { TokenStorage } from "../tokens/token-storage.ts";
import { asTokens } from "../tokens/tokens.ts";
import { readPrivateFile } from "./read-private-file.ts";
import { withFileLock } from "./with-file-lock.ts";
import { writePrivateFile } from "./write-private-file.ts";

/**
 * Keeps tokens in a file that its owner alone can read, for all processes of one person; a lock beside it
 * lets one process at a time renew them. Refuses a file that others can read. Needs Node 22.13 or newer.
 */
export function fileStorage(path: string): TokenStorage {
  return {
    load: async () => asTokens(parsed(await readPrivateFile(path))),
    save: async (tokens) => {
      if (tokens) {
        await writePrivateFile(path, `${JSON.stringify(tokens, null, 2)}\n`);
      } else {
        await rm(path, { force: true });
      }
    },
    async exclusively(work) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      return withFileLock(`${path}.lock`, work);
    },
  };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
