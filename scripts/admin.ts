import { adminApi } from "./admin/admin-api.ts";
import { adminToken } from "./admin/admin-token.ts";
import type { Order, Plan } from "./admin/command.ts";
import { COMMANDS } from "./admin/commands.ts";
import { confirmRemote } from "./admin/confirm-remote.ts";
import { executeSql } from "./admin/execute-sql.ts";
import { siteOf } from "./admin/site-of.ts";
import type { OverHttp, Task } from "./admin/task.ts";
import type { Work } from "./admin/work.ts";
import { openWorkDatabase } from "./admin/work-database.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

await runScript(async (stop) => {
  const [name, args] = readName(process.argv.slice(2));
  if (name === "--help" || name === "-h") {
    say(list());
    return;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const what = name === "" ? "Say what to do." : `${JSON.stringify(name)} is not a command.`;
    throw new Problem(what, `\n${list()}`);
  }
  const order = command.read(name, args);
  if (order) {
    await carryOut(order, stop);
  }
});

/** A command's name is one word, or two. */
function readName([first = "", second = "", ...rest]: readonly string[]): [string, string[]] {
  const both = `${first} ${second}`;
  return Object.hasOwn(COMMANDS, both)
    ? [both, rest]
    : [first, second === "" ? rest : [second, ...rest]];
}

async function carryOut(order: Order<Plan>, stop: AbortSignal): Promise<void> {
  if (order.remote || order.url !== null) {
    await confirmRemote(order, stop);
  }
  if (order.url !== null && "overHttp" in order.task && order.task.overHttp) {
    await carryOutOverHttp(order.url, order.task.overHttp, stop);
    return;
  }
  if ("run" in order.task) {
    await carryOutWork(order.task, order, stop);
    return;
  }
  const site = siteOf(order);
  // An errand has no statements: without a service it is refused before.
  const first = "statements" in order.task ? order.task : null;
  for (let task: Task | null = first; task; task = (await task.next?.()) ?? null) {
    const answers = await executeSql(task.statements, order, stop);
    for (const line of task.report(answers, site)) {
      say(line);
    }
  }
}

async function carryOutWork(work: Work, order: Order<Plan>, stop: AbortSignal): Promise<void> {
  const database = await openWorkDatabase(order, stop);
  try {
    const place = { database, site: siteOf(order), isRemote: order.remote, stop };
    for (const line of await work.run(place)) {
      say(line);
    }
  } finally {
    await database.close();
  }
}

async function carryOutOverHttp(
  url: string,
  { scopes, carryOut }: OverHttp,
  stop: AbortSignal,
): Promise<void> {
  const token = await adminToken(url, scopes, stop);
  for (const line of await carryOut(adminApi(url, { token, scopes }, stop))) {
    say(line);
  }
}

function list(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  return [
    "npm run admin -- <command> [options]",
    "",
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "They work on the local database, with --remote on the one at Cloudflare. Those with --url do it through",
    "the admin API of a running service instead; those that mail always do. With --remote and --url they ask",
    "before they change something, unless there is --yes.",
    "npm run admin -- <command> --help lists a command's options.",
  ].join("\n");
}
