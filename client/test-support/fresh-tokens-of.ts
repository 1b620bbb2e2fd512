import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

interface Fresh {
  accessToken: string;
  /** What this process asked the server for. */
  refreshes: number;
}

const script = join(import.meta.dirname, "print-fresh-token.ts");

/** Has some processes ask for a fresh token at once. */
export function freshTokensOf(
  count: number,
  file: string,
  { url, clientId }: { url: string; clientId: string },
): Promise<Fresh[]> {
  const run = async (): Promise<Fresh> => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, file, url, clientId]);
    return JSON.parse(stdout);
  };
  return Promise.all(Array.from({ length: count }, run));
}
