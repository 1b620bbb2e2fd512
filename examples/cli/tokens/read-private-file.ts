import { open } from "node:fs/promises";

/**
 * Reads a file and says whether it is as private as it was written. `exposed`: somebody else on this
 * machine can read it, or wrote it. Null where there is none.
 */
export async function readPrivateFile(
  path: string,
): Promise<{ readonly text: string; readonly exposed: boolean } | null> {
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
    return { text: await file.readFile("utf8"), exposed: isExposed(mode, uid) };
  } finally {
    await file.close();
  }
}

/** Windows keeps rights elsewhere: there a profile's folders are its owner's. */
function isExposed(mode: number, uid: number): boolean {
  const self = process.getuid?.();
  return self !== undefined && (uid !== self || (mode & 0o077) !== 0);
}
