import { databaseNow } from "../database-clock.ts";
import { Problem } from "../problem.ts";
import { sql } from "../sql.ts";
import { accountOptions, readWhose } from "./account-options.ts";
import { askOfAccount } from "./ask-of-account.ts";
import { command } from "./command.ts";
import { findAccount, isAccount, requireAccount } from "./find-account.ts";
import { findTenant } from "./find-tenant.ts";
import { requireRemote } from "./remote-accounts.ts";
import { scopesIn } from "./scopes-in.ts";
import { task } from "./task.ts";
import { tellEvent } from "./tell-event.ts";

const COLUMNS: ReadonlyMap<string, "zapier" | "must_reset_password"> = new Map([
  ["zapier", "zapier"],
  ["must-reset-password", "must_reset_password"],
] as const);

/** `zapier`: tokens live as long as an automation needs. `must-reset-password`: little else works. */
export const setFlag = command({
  summary: "Sets or clears what only an operator may say about an account",
  options: {
    ...accountOptions,
    flag: { value: [...COLUMNS.keys()].join("|"), what: "which flag", required: true },
    on: { what: "set it" },
    off: { what: "clear it" },
  },
  isOverHttp: true,
  examples: [
    "--email robot@example.com --flag zapier --on",
    "--email ada@example.com --flag must-reset-password --on",
  ],

  plan(given) {
    const whose = readWhose(given);
    const column = readColumn(given.flag);
    const isOn = readSwitch(given);
    const state = isOn ? "on" : "off";
    const set = {
      zapier: sql`UPDATE accounts SET zapier = ${isOn}`,
      must_reset_password: sql`UPDATE accounts SET must_reset_password = ${isOn}`,
    };
    const isOther = {
      zapier: sql`zapier <> ${isOn}`,
      must_reset_password: sql`must_reset_password <> ${isOn}`,
    };
    return task({
      intent: `turn ${given.flag} ${state} for ${whose.email} in the tenant ${whose.slug}`,
      statements: {
        tenant: findTenant(whose.slug),
        account: findAccount(whose),
        changed: sql`${set[column]}, updated_at = ${databaseNow} WHERE ${isAccount(whose)} AND ${isOther[column]}`,
        told: tellEvent("account-changed", whose, `${given.flag} ${state}`),
      },
      report({ tenant, account }, site) {
        const before = requireAccount({ tenant, account }, whose, site);
        const already = before[column] === Number(isOn) ? ", as it was" : "";
        return [`${given.flag} is ${state} for ${whose.email}${already}.`];
      },
      overHttp: {
        scopes: scopesIn(whose.slug, "admin:accounts"),
        async carryOut(api) {
          const before = await requireRemote(api, whose);
          const body = { [column]: isOn };
          await askOfAccount(api, whose, { id: before.id, method: "PATCH", body });
          const already = before[column] === isOn ? ", as it was" : "";
          return [`${given.flag} is ${state} for ${whose.email}${already}.`];
        },
      },
    });
  },
});

function readColumn(flag: string): "zapier" | "must_reset_password" {
  const column = COLUMNS.get(flag);
  if (!column) {
    throw new Problem(
      `${JSON.stringify(flag)} is not a flag.`,
      `Give one of ${[...COLUMNS.keys()].join(", ")}: --flag zapier --on`,
    );
  }
  return column;
}

function readSwitch({ on, off }: { on: boolean; off: boolean }): boolean {
  if (on === off) {
    throw new Problem("Say whether the flag goes on or off.", "Give either --on or --off.");
  }
  return on;
}
