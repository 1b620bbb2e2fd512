import { parseArgs } from "node:util";
import { defaults } from "./defaults.ts";
import { exitCode } from "./exit-code.ts";
import { type CommandName, commandHelp, help } from "./help.ts";
import type { Order } from "./order.ts";
import { Problem } from "./problem.ts";

/** Null where no issuer was named. */
type OrderAsTyped = Omit<Order, "issuer"> & { readonly issuer: string | null };

/** A command with its options, or the help that was asked for. */
export type CommandLine =
  | { readonly name: CommandName; readonly order: OrderAsTyped }
  | { readonly help: string };

const program = defaults.program;

/** Reads a command line. A wrong one is a problem that says how a right one looks. */
export function readCommand(args: readonly string[]): CommandLine {
  const [first = "", ...rest] = args;
  if (first === "--help" || first === "-h" || first === "help") {
    return { help: help() };
  }
  if (!Object.hasOwn(commandHelp, first)) {
    const what = first === "" ? "Say what to do." : `${JSON.stringify(first)} is not a command.`;
    throw new Problem(what, `\n${help()}`, exitCode.usage);
  }
  const name = first as CommandName;
  if (rest.some((arg) => arg === "--help" || arg === "-h")) {
    return { help: help(name) };
  }
  return { name, order: readOrder(name, rest) };
}

function readOrder(name: CommandName, args: readonly string[]): OrderAsTyped {
  const values = readOptions(name, args);
  for (const [option, value] of Object.entries(values)) {
    if ([value].flat().includes("")) {
      throw wrong(`--${option} is empty.`, name);
    }
  }
  const resources = values.resource ?? (defaults.resource === null ? [] : [defaults.resource]);
  const odd = resources.find((resource) => !URL.canParse(resource) || resource.includes("#"));
  if (odd !== undefined) {
    const what = `${JSON.stringify(odd)} cannot be a resource: it is an absolute URI without fragment.`;
    throw wrong(what, name);
  }
  return {
    issuer: values.issuer ?? null,
    clientId: values["client-id"] ?? null,
    scope: values.scope ?? defaults.scope,
    resources,
    open: values.open ?? false,
  };
}

interface Values {
  readonly issuer?: string;
  readonly "client-id"?: string;
  readonly scope?: string;
  readonly resource?: string[];
  readonly open?: boolean;
}

function readOptions(name: CommandName, args: readonly string[]): Values {
  const everywhere = { issuer: { type: "string" }, "client-id": { type: "string" } } as const;
  const atLogin = {
    ...everywhere,
    scope: { type: "string" },
    resource: { type: "string", multiple: true },
    open: { type: "boolean" },
  } as const;
  try {
    const options = name === "login" ? atLogin : everywhere;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw wrong(firstSentence(error), name);
  }
}

function wrong(what: string, name: CommandName): Problem {
  return new Problem(what, `See ${program} ${name} --help.`, exitCode.usage);
}

/** Node's own sentence, without its advice for programs that take any argument. */
function firstSentence(error: unknown): string {
  const [first = ""] = (error as Error).message.split(/(?<=['.]) To |\n/);
  return first.replace(/\.?$/, ".");
}
