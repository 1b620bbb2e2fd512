import { chmod, mkdir } from "node:fs/promises";

/** Makes a directory that only its owner may enter, also of one that others may. */
export async function privateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
}
