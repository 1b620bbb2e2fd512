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
  return read({ args, options, allowPositionals: false }, help)?.values ?? null;
}

/** The same with words beside the options. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
): { values: Values<Options>; positionals: readonly string[] } | null {
  return read({ args, options, allowPositionals: true }, help);
}

interface CommandLine<Options> {
  args: readonly string[];
  options: Options;
  allowPositionals: boolean;
}

function read<Options extends ParseArgsOptionsConfig>(
  { args, options, allowPositionals }: CommandLine<Options>,
  help: string,
): { values: Values<Options>; positionals: readonly string[] } | null {
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    say(help);
    return null;
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals });
  } catch (error) {
    throw new Problem(sentence(error), `\n${help}`, { cause: error });
  }
}

/** Node's own sentence, without its advice for programs that take any argument. */
function sentence(error: unknown): string {
  const [first = ""] = (error as Error).message.split(/(?<=['.]) To |\n/);
  return first.replace(/\.?$/, ".");
}
