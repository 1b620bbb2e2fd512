import { groupSum, MAIL, money } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { monthlyOfOne } from "./month.ts";
import type { Unit } from "./prices.ts";
import { type Profile, profiles } from "./profiles.ts";
import { billOf, dollarsBeyondPlan, sumOf, type Usage } from "./reckon.ts";

const USERS = 1_000_000;

/** What each of the two leaves to whoever runs it: how much is logged, and who sends the mail. */
const LEFT_OUT: readonly Unit[] = [...MAIL, "logLines"];

/** What better-auth does in the stead of what it does not have: its session is looked at. */
const INSTEAD: Readonly<Record<string, string>> = { refresh: "me", verifyRpc: "me" };

/** The same profiles through both, without those flows that only one of them has. */
export function comparison(latchkey: readonly Measured[], betterAuth: readonly Measured[]): string {
  const has = (id: string) => betterAuth.some((one) => one.id === (INSTEAD[id] ?? id));
  const rows = profiles.map((profile) => {
    const shared = Object.entries(profile.monthly).filter(([id]) => has(id));
    return [
      profile.name,
      money(billOfAll(monthlyOfOne({ monthly: Object.fromEntries(shared) }, latchkey))),
      money(billOfAll(monthlyOfOne({ monthly: translated(profile, shared) }, betterAuth))),
    ];
  });
  const left = latchkey.filter(
    ({ id }) => profiles.some(({ monthly }) => id in monthly) && !has(id),
  );
  return `${markdownTable(["profile", "Latchkey", "better-auth"], rows)}\n\nLeft out, since better-auth was not set up for it here: ${left.map(({ name }) => name).join("; ")}.`;
}

function translated({ days }: Profile, shared: readonly [string, number][]) {
  const monthly: Record<string, number> = { sessionExtended: days };
  for (const [id, times] of shared) {
    const own = INSTEAD[id] ?? id;
    monthly[own] = (monthly[own] ?? 0) + times;
  }
  return monthly;
}

function billOfAll(ofOne: Usage): number {
  const monthly = sumOf([[USERS, ofOne]]);
  return billOf(monthly) - groupSum(dollarsBeyondPlan(monthly), LEFT_OUT);
}
