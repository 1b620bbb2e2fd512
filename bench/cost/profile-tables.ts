import { measuredBytes } from "./bytes-per-row.ts";
import { GROUPS, groupSum, MAIL, money, unitName } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { clockOf, monthlyOfOne, monthOf, queriesOf, upkeepOfOne } from "./month.ts";
import { limits, type Unit } from "./prices.ts";
import { type Profile, profiles } from "./profiles.ts";
import { billOf, dollarsBeyondPlan, freePlanReach, sumOf, total } from "./reckon.ts";
import { bytesOfUse } from "./scaling.ts";

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
export const NO_LIMIT: readonly Unit[] = [...MAIL, "logLines"];

/** How far the free plan carries, by what runs out first. */
export function freePlanTable(measured: readonly Measured[]): string {
  const rows = profiles.map((profile) => {
    const ofOne = sumOf([
      [1, monthlyOfOne(profile, measured)],
      [1, upkeepOfOne(profile, measured)],
    ]);
    const bought = freePlanReach(ofOne, clockOf(measured))
      .filter(({ unit }) => !NO_LIMIT.includes(unit))
      .map(({ unit, users }) => ({ what: unitName(unit), users }));
    return [
      profile.name,
      ...[...bought, { what: "size of the database", users: fitting(profile, measured) }]
        .sort((one, other) => one.users - other.users)
        .slice(0, SHOWN_LIMITS)
        .map(({ what, users }) => `${users.toLocaleString("en")} (${what})`),
    ];
  });
  return markdownTable(["profile", "users, by what ends first", "then", "then"], rows);
}

/** Users whose rows a database of the free plan has room for, all of them active. */
function fitting(profile: Profile, measured: readonly Measured[]): number {
  const bytes = measuredBytes();
  return Math.floor(
    limits.d1FreeDatabaseBytes / (bytes.account + bytesOfUse(profile, measured, bytes)),
  );
}

/** Flows whose requests compute for longer, on average, than the free plan lets a request. */
export function overFreeCpu(measured: readonly Measured[]): readonly Measured[] {
  return measured.filter(
    ({ cpuMilliseconds, counts }) =>
      (cpuMilliseconds ?? 0) / Math.max(1, counts.requests) > limits.freeCpuMilliseconds,
  );
}
