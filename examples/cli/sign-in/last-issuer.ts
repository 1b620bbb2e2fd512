import { join } from "node:path";
import { readPrivateFile, writePrivateFile } from "../latchkey.ts";
import { Problem } from "../problem.ts";
import { isExposed } from "./is-exposed.ts";

/** Beside the token files, which all end in `.json`. */
const fileName = "last-issuer";

/** The issuer of the last sign-in; null before any. Refuses one that somebody else may have named. */
export async function readLastIssuer(directory: string): Promise<string | null> {
  const path = join(directory, fileName);
  try {
    return (await readPrivateFile(path))?.trim() || null;
  } catch (error) {
    if (!isExposed(error)) {
      throw error;
    }
    throw new Problem(
      `${path} is open to others on this machine, so the server in it may be theirs.`,
      "Name the server with --issuer: login then writes the file anew.",
    );
  }
}

/** Remembers where somebody signed in, for commands that name no issuer. */
export async function writeLastIssuer(directory: string, issuer: string): Promise<void> {
  await writePrivateFile(join(directory, fileName), `${issuer}\n`);
}
