import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { Problem } from "./problem.ts";
import { say } from "./say.ts";

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>["values"];

/**
 * Reads a command line. Null when it asks for help, which is then said; a wrong one is a problem that
 * ends in the help.
 */
export function readOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
): Values<Options> | null {
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    say(help);
    return null;
  }
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new Problem(sentence(error), `\n${help}`, { cause: error });
  }
}

/** Node's own sentence, without its advice for programs that take any argument. */
function sentence(error: unknown): string {
  const [first = ""] = (error as Error).message.split(/(?<=['.]) To |\n/);
  return first.replace(/\.?$/, ".");
}
