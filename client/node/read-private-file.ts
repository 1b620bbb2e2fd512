import { open } from "node:fs/promises";
import { LatchkeyError } from "../latchkey-error.ts";

/**
 * Reads a file that its owner alone can read and write. Null where there is none. Throws `storage_unsafe`
 * for any other.
 */
export async function readPrivateFile(path: string): Promise<string | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") {
      return null;
    }
    throw error;
  });
  if (!file) {
    return null;
  }
  try {
    const { mode, uid } = await file.stat();
    if (isExposed(mode, uid)) {
      const what = `${path} is open to others on this machine, who may have read or written it.`;
      throw new LatchkeyError("storage_unsafe", `${what} Delete it and sign in anew.`);
    }
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

/** Windows keeps rights elsewhere: there a profile's folders are its owner's. */
function isExposed(mode: number, uid: number): boolean {
  const self = process.getuid?.();
  return self !== undefined && (uid !== self || (mode & 0o077) !== 0);
}
