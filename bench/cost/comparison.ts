import { groupSum, MAIL, money, unitName } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { monthlyOfOne } from "./month.ts";
import type { Unit } from "./prices.ts";
import { NO_LIMIT } from "./profile-tables.ts";
import { type Profile, profiles } from "./profiles.ts";
import { billOf, dollarsBeyondPlan, freePlanReach, sumOf, type Usage } from "./reckon.ts";

const USERS = 1_000_000;

/** What each of the two leaves to whoever runs it: how much is logged, and who sends the mail. */
const LEFT_OUT: readonly Unit[] = [...MAIL, "logLines"];

/** What better-auth does in the stead of what it does not have: its session is looked at. */
const INSTEAD: Readonly<Record<string, string>> = { refresh: "me", verifyRpc: "me" };

/** The same profiles through both, without those flows that only one of them has. */
export function comparison(latchkey: readonly Measured[], betterAuth: readonly Measured[]): string {
  const rows = ofBoth(latchkey, betterAuth).map(({ name, ours, theirs }) => [
    name,
    money(billOfAll(ours)),
    money(billOfAll(theirs)),
  ]);
  const left = latchkey.filter(
    ({ id }) => profiles.some(({ monthly }) => id in monthly) && !has(betterAuth, id),
  );
  return `${markdownTable(HEAD, rows)}\n\nLeft out, since better-auth was not set up for it here: ${left.map(({ name }) => name).join("; ")}.`;
}

/** How many users the free plan has room for, of those flows, by what ends first. */
export function freePlanComparison(
  latchkey: readonly Measured[],
  betterAuth: readonly Measured[],
): string {
  const rows = ofBoth(latchkey, betterAuth).map(({ name, ours, theirs }) => [
    name,
    firstEnd(ours),
    firstEnd(theirs),
  ]);
  return markdownTable(HEAD, rows);
}

const HEAD = ["profile", "Latchkey", "better-auth"];

function firstEnd(ofOne: Usage): string {
  const [first] = freePlanReach(ofOne, sumOf([])).filter(({ unit }) => !NO_LIMIT.includes(unit));
  return first ? `${first.users.toLocaleString("en")} (${unitName(first.unit)})` : "–";
}

/** What a user of each profile uses in a month, of those flows that both have. */
function ofBoth(latchkey: readonly Measured[], betterAuth: readonly Measured[]) {
  return profiles.map((profile) => {
    const shared = Object.entries(profile.monthly).filter(([id]) => has(betterAuth, id));
    return {
      name: profile.name,
      ours: monthlyOfOne({ monthly: Object.fromEntries(shared) }, latchkey),
      theirs: monthlyOfOne({ monthly: translated(profile, shared) }, betterAuth),
    };
  });
}

function has(betterAuth: readonly Measured[], id: string): boolean {
  return betterAuth.some((one) => one.id === (INSTEAD[id] ?? id));
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
