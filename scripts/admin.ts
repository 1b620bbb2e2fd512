import { adminApi } from "./admin/admin-api.ts";
import { adminToken } from "./admin/admin-token.ts";
import { allowFrontEnd } from "./admin/allow-front-end.ts";
import { auditExport } from "./admin/audit-export.ts";
import { auditVerify } from "./admin/audit-verify.ts";
import type { Command, Order } from "./admin/command.ts";
import { confirmRemote } from "./admin/confirm-remote.ts";
import { createClient } from "./admin/create-client.ts";
import { createSuperadmin } from "./admin/create-superadmin.ts";
import { createTenant } from "./admin/create-tenant.ts";
import { createWebhook } from "./admin/create-webhook.ts";
import { disableAccount } from "./admin/disable-account.ts";
import { enableAccount } from "./admin/enable-account.ts";
import { enableWebhook } from "./admin/enable-webhook.ts";
import { executeSql } from "./admin/execute-sql.ts";
import { exportCommand } from "./admin/export.ts";
import { exportPerson } from "./admin/export-person.ts";
import { importCommand } from "./admin/import.ts";
import { liftSuppression } from "./admin/lift-suppression.ts";
import { listSigningKeys } from "./admin/list-signing-keys.ts";
import { listSuppressed } from "./admin/list-suppressed.ts";
import { listWebhooks } from "./admin/list-webhooks.ts";
import { removeClient } from "./admin/remove-client.ts";
import { removeSecondFactor } from "./admin/remove-second-factor.ts";
import { removeWebhook } from "./admin/remove-webhook.ts";
import { retireSigningKey } from "./admin/retire-signing-key.ts";
import { rotateSigningKey } from "./admin/rotate-signing-key.ts";
import { rotateWebhook } from "./admin/rotate-webhook.ts";
import { secretStatus } from "./admin/secret-status.ts";
import { setBrand } from "./admin/set-brand.ts";
import { setFlag } from "./admin/set-flag.ts";
import { setLetter } from "./admin/set-letter.ts";
import { setRegistration } from "./admin/set-registration.ts";
import { setRole } from "./admin/set-role.ts";
import { setSender } from "./admin/set-sender.ts";
import { siteOf } from "./admin/site-of.ts";
import type { Task } from "./admin/task.ts";
import type { Work } from "./admin/work.ts";
import { openWorkDatabase } from "./admin/work-database.ts";
import { Problem } from "./problem.ts";
import { runScript } from "./run-script.ts";
import { say } from "./say.ts";

const COMMANDS: Readonly<Record<string, Command | Command<Work>>> = {
  "create-superadmin": createSuperadmin,
  "create-tenant": createTenant,
  "set-registration": setRegistration,
  "set-brand": setBrand,
  "set-sender": setSender,
  "set-letter": setLetter,
  "create-client": createClient,
  "remove-client": removeClient,
  "set-role": setRole,
  "set-flag": setFlag,
  "disable-account": disableAccount,
  "enable-account": enableAccount,
  "remove-second-factor": removeSecondFactor,
  "allow-front-end": allowFrontEnd,
  "list-suppressed": listSuppressed,
  "lift-suppression": liftSuppression,
  "list-signing-keys": listSigningKeys,
  "rotate-signing-key": rotateSigningKey,
  "retire-signing-key": retireSigningKey,
  "secret-status": secretStatus,
  "create-webhook": createWebhook,
  "list-webhooks": listWebhooks,
  "rotate-webhook": rotateWebhook,
  "enable-webhook": enableWebhook,
  "remove-webhook": removeWebhook,
  "audit verify": auditVerify,
  "audit export": auditExport,
  import: importCommand,
  export: exportCommand,
  "export-person": exportPerson,
};

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

async function carryOut(order: Order<Task | Work>, stop: AbortSignal): Promise<void> {
  if (order.remote || order.url !== null) {
    await confirmRemote(order, stop);
  }
  if (order.url !== null && "overHttp" in order.task && order.task.overHttp) {
    const { scopes, carryOut } = order.task.overHttp;
    const token = await adminToken(order.url, scopes, stop);
    const api = adminApi(order.url, { token, scopes }, stop);
    for (const line of await carryOut(api)) {
      say(line);
    }
    return;
  }
  const site = siteOf(order);
  if ("run" in order.task) {
    const database = await openWorkDatabase(order, stop);
    try {
      await order.task.run({ database, site, isRemote: order.remote, stop });
    } finally {
      await database.close();
    }
    return;
  }
  for (let task: Task | null = order.task; task; task = (await task.next?.()) ?? null) {
    const answers = await executeSql(task.statements, order, stop);
    for (const line of task.report(answers, site)) {
      say(line);
    }
  }
}

function list(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
  return [
    "npm run admin -- <command> [options]",
    "",
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "They write to the local database, with --remote to the one at Cloudflare, after asking.",
    "Those with --url do it through the admin API of a running service instead.",
    "npm run admin -- <command> --help lists a command's options.",
  ].join("\n");
}
