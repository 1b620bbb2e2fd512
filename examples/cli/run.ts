import { constants } from "node:os";
import { login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { printToken } from "./commands/print-token.ts";
import { whoAmI } from "./commands/who-am-i.ts";
import { defaults } from "./defaults.ts";
import { exitCode } from "./exit-code.ts";
import type { CommandName } from "./help.ts";
import type { Order } from "./order.ts";
import { Problem } from "./problem.ts";
import { readCommand } from "./read-command.ts";
import { readLastIssuer } from "./sign-in/last-issuer.ts";
import type { Surroundings } from "./surroundings.ts";

type Command = (order: Order, surroundings: Surroundings) => Promise<void>;

const commands: Readonly<Record<CommandName, Command>> = {
  login,
  whoami: whoAmI,
  token: printToken,
  logout,
};

/** Does what the command line says and returns the exit code. What goes wrong is said on `err`. */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    const line = readCommand(args);
    if ("help" in line) {
      surroundings.out.write(line.help);
    } else {
      const { name, order } = line;
      const named = order.issuer ?? surroundings.issuer;
      const issuer = named ?? (await readLastIssuer(surroundings.directory)) ?? defaults.issuer;
      await commands[name]({ ...order, issuer }, surroundings);
    }
    return exitCode.done;
  } catch (error) {
    return sayWhy(error, surroundings);
  }
}

function sayWhy(error: unknown, { err, stop }: Surroundings): number {
  if (error instanceof Problem) {
    err.write(`${err.paint(["red"], error.message)}\n${error.advice.replace(/\n*$/, "\n")}`);
    return error.exitCode;
  }
  if (stop.aborted) {
    err.write("\nStopped.\n");
    return 128 + (constants.signals[stop.reason as NodeJS.Signals] ?? constants.signals.SIGINT);
  }
  if (error instanceof Error && "syscall" in error) {
    err.write(
      `${err.paint(["red"], error.message)}\nCheck who owns that place, and its free space.\n`,
    );
    return exitCode.failed;
  }
  err.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCode.failed;
}
