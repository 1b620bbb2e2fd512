import { Problem } from "../problem.ts";
import { wranglerOutput } from "../wrangler-output.ts";
import type { Target } from "./target.ts";

export interface Called {
  code: number;
  /** What it wrote, as JSON where it wrote that. */
  output: string;
  /** All that it said, for people. */
  said: string;
}

type Where = Pick<Target, "config" | "env">;

/** Runs wrangler for an environment and gives how it ended. */
export async function tryWrangler(
  { config, env }: Where,
  args: readonly string[],
  stop: AbortSignal,
): Promise<Called> {
  const where = ["--config", config, `--env=${env}`];
  const { output, errors, code } = await wranglerOutput([...args, ...where], stop);
  return { code, output, said: `${output}\n${errors}`.trim() };
}

/** The same, of a command that has to succeed. */
export async function callWrangler(
  where: Where,
  args: readonly string[],
  stop: AbortSignal,
): Promise<string> {
  const { code, output, said } = await tryWrangler(where, args, stop);
  if (code !== 0) {
    throw refused(args, said);
  }
  return output;
}

/** The same, of one that answers in JSON. */
export async function readWrangler<Answer>(
  where: Where,
  args: readonly string[],
  stop: AbortSignal,
): Promise<Answer> {
  const output = await callWrangler(where, args, stop);
  try {
    return JSON.parse(output.slice(output.search(/[[{]/))) as Answer;
  } catch {
    throw refused(args, output);
  }
}

/**
 * What Wrangler says where nobody is signed in. It goes on to advise a temporary account: no place for
 * anybody's accounts, and no option of ours.
 */
const NOT_SIGNED_IN = "it's necessary to set a CLOUDFLARE_API_TOKEN environment variable";

export function refused(args: readonly string[], said: string): Problem {
  if (said.includes(NOT_SIGNED_IN)) {
    return new Problem(
      "Wrangler is not signed in to Cloudflare.",
      "Sign in with npx wrangler login, or set CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.",
    );
  }
  return new Problem(
    `wrangler ${args.join(" ")} did not succeed:\n${said}`,
    "If it is about the account: npx wrangler login, or CLOUDFLARE_API_TOKEN and CLOUDFLARE_ACCOUNT_ID.",
  );
}
