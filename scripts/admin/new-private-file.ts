import { existsSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Problem } from "../problem.ts";

/** A new file that only its owner may read. Refuses to write over another. */
export async function newPrivateFile(path: string): Promise<FileHandle> {
  if (existsSync(path)) {
    throw new Problem(`There is a file ${path} already.`, "Name another, or move it away.");
  }
  return open(path, "wx", 0o600);
}
