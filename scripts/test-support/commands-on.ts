import assert from "node:assert/strict";
import type { Command, Plan } from "../admin/command.ts";
import type { Site } from "../admin/task.ts";
import { Problem } from "../problem.ts";
import type { MemoryDatabase } from "./schema-in-memory.ts";

export const SITE: Site = {
  publicUrl: "https://auth.test",
  admin: (line) => `admin ${line}`,
  runs: null,
};

/** On one's own machine. */
export const LOCAL_SITE: Site = { ...SITE, runs: { hour: "curl hour", minute: "curl minute" } };

/** What carries commands of `npm run admin` out on the database that there is by then. */
export function commandsOn(database: () => MemoryDatabase) {
  /** Gives what is said. */
  function run(command: Command, ...args: string[]): string {
    return runAt(SITE, command, ...args);
  }

  function runAt(site: Site, command: Command, ...args: string[]): string {
    const order = command.read("a-command", args);
    assert.ok(order);
    return order.task.report(database().run(order.task.statements), site).join("\n");
  }

  function refused(expected: RegExp, command: Command, ...args: string[]): void {
    refusedAt(SITE, expected, command, ...args);
  }

  function refusedAt(site: Site, expected: RegExp, command: Command, ...args: string[]): void {
    assert.throws(() => runAt(site, command, ...args), isProblem(expected));
  }

  /** The same of what may be more than one transaction. */
  async function work(command: Command<Plan>, ...args: string[]): Promise<string> {
    const order = command.read("a-command", args);
    assert.ok(order && ("run" in order.task || "statements" in order.task));
    if ("statements" in order.task) {
      return order.task.report(database().run(order.task.statements), SITE).join("\n");
    }
    const said = await order.task.run({
      database: { execute: async (all) => database().run(all), close: async () => {} },
      site: SITE,
      isRemote: false,
      stop: new AbortController().signal,
    });
    return said.join("\n");
  }

  async function refusedWork(
    expected: RegExp,
    command: Command<Plan>,
    ...args: string[]
  ): Promise<void> {
    await assert.rejects(() => work(command, ...args), isProblem(expected));
  }

  return { run, refused, refusedAt, work, refusedWork };
}

function isProblem(expected: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Problem && expected.test(`${error.message}\n${error.advice}`);
}
