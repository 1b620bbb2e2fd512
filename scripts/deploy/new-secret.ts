import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem } from "../problem.ts";
import type { Account } from "./look-at-account.ts";

export interface NewSecret {
  value: string;
  /** Somebody has it already, and need not be shown it. */
  isKept: boolean;
}

/**
 * The secret to set: none where the Worker has one. It is taken from the environment, or drawn and then
 * shown once: so there has to be a terminal.
 */
export function newSecret(
  { secrets }: Pick<Account, "secrets">,
  environment: NodeJS.ProcessEnv = process.env,
  isSeen = process.stdout.isTTY,
): NewSecret | null {
  if (secrets?.has("AUTH_SECRET")) {
    return null;
  }
  const given = environment["AUTH_SECRET"];
  if (given) {
    return { value: given, isKept: true };
  }
  if (!isSeen) {
    throw new Problem(
      "The Worker has no AUTH_SECRET, and there is no terminal to show a new one on.",
      "Keep one where you keep secrets and give it in the environment: AUTH_SECRET=… npm run deploy -- --yes",
    );
  }
  return { value: randomBytes(32).toString("hex"), isKept: false };
}

/** The secret in a file that its owner alone can read, for as long as `work` takes: on no command line. */
export async function inFile<Result>(
  secret: NewSecret | null,
  work: (args: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if (secret === null) {
    return work([]);
  }
  const folder = mkdtempSync(join(tmpdir(), "latchkey-deploy-"));
  const file = join(folder, "secrets.json");
  try {
    writeFileSync(file, JSON.stringify({ AUTH_SECRET: secret.value }), { mode: 0o600 });
    return await work(["--secrets-file", file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
