import { GROUPS, groupSum, MAIL, money, unitName } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { monthlyOfOne, monthOf, queriesOf } from "./month.ts";
import { limits, type Unit } from "./prices.ts";
import { profiles } from "./profiles.ts";
import { billOf, dollarsBeyondPlan, freePlanReach, total } from "./reckon.ts";

const USERS = 1_000_000;

export function profileTable(measured: readonly Measured[]): string {
  const head = [
    "profile",
    ...Object.keys(GROUPS),
    "plan",
    "**a month**",
    "letters",
    "each user's D1 calls",
  ];
  const rows = profiles.map((profile) => {
    const monthly = monthOf(profile, measured, USERS);
    const dollars = dollarsBeyondPlan(monthly);
    return [
      profile.name,
      ...Object.values(GROUPS).map((group) => money(groupSum(dollars, group))),
      money(billOf(monthly) - total(dollars)),
      `**${money(billOf(monthly) - groupSum(dollars, MAIL))}**`,
      money(groupSum(dollars, MAIL)),
      Math.round(queriesOf(profile, measured)).toLocaleString("en"),
    ];
  });
  return markdownTable(head, rows);
}

const SHOWN_LIMITS = 3;

/** Where it ends, lines are dropped and people go on; letters it has none of. */
const NO_LIMIT: readonly Unit[] = [...MAIL, "logLines"];

/** How far the free plan carries, by what runs out first. */
export function freePlanTable(measured: readonly Measured[]): string {
  const rows = profiles.map((profile) => {
    const reach = freePlanReach(monthlyOfOne(profile, measured)).filter(
      ({ unit }) => !NO_LIMIT.includes(unit),
    );
    return [
      profile.name,
      ...reach
        .slice(0, SHOWN_LIMITS)
        .map(({ unit, users }) => `${users.toLocaleString("en")} (${unitName(unit)})`),
    ];
  });
  return markdownTable(["profile", "users, by what ends first", "then", "then"], rows);
}

/** Flows whose requests compute for longer, on average, than the free plan lets a request. */
export function overFreeCpu(measured: readonly Measured[]): readonly Measured[] {
  return measured.filter(
    ({ cpuMilliseconds, counts }) =>
      (cpuMilliseconds ?? 0) / Math.max(1, counts.requests) > limits.freeCpuMilliseconds,
  );
}
