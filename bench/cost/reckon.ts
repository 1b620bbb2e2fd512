import { OBJECT_GB, OPERATIONS_PER_MESSAGE, PLAN_DOLLARS, prices, type Unit } from "./prices.ts";
import type { Counts } from "./worker/counts.ts";

/** How much of what is billed. */
export type Usage = Readonly<Record<Unit, number>>;

const units = Object.keys(prices) as Unit[];

/**
 * What a call of an object is reckoned to take at the least. Where it writes it answers once the write
 * is safe elsewhere, which is not so on one machine: an assumption on the high side.
 */
const OBJECT_CALL_MILLISECONDS = 10;

/** What counts are billed as. A process that computes for nobody to see is reckoned at nothing. */
export function usageOf(counts: Counts, cpuMilliseconds: number | null): Usage {
  const { queueMessages, objectMilliseconds, d1Queries: _, ...asTheyAre } = counts;
  const seconds =
    Math.max(objectMilliseconds, counts.objectRequests * OBJECT_CALL_MILLISECONDS) / 1000;
  return {
    ...asTheyAre,
    cpuMilliseconds: cpuMilliseconds ?? 0,
    objectGbSeconds: seconds * OBJECT_GB,
    queueOperations: queueMessages * OPERATIONS_PER_MESSAGE,
  };
}

/** So many times each, added up. */
export function sumOf(parts: readonly (readonly [times: number, usage: Usage])[]): Usage {
  return eachUnit((unit) => parts.reduce((sum, [times, usage]) => sum + times * usage[unit], 0));
}

/** Dollars by unit, with nothing of it included in the plan. */
export function dollarsOf(usage: Usage): Usage {
  return eachUnit((unit) => (usage[unit] * prices[unit].dollarsPerMillion) / 1_000_000);
}

/** Dollars by unit for a month's use beyond what the plan includes; the plan itself comes on top. */
export function dollarsBeyondPlan(monthly: Usage): Usage {
  return dollarsOf(eachUnit((unit) => Math.max(0, monthly[unit] - prices[unit].includedMonthly)));
}

export function total(dollars: Usage, without: readonly Unit[] = []): number {
  return units.reduce((sum, unit) => sum + (without.includes(unit) ? 0 : dollars[unit]), 0);
}

/** A whole month's bill. */
export function billOf(monthly: Usage): number {
  return PLAN_DOLLARS + total(dollarsBeyondPlan(monthly));
}

/**
 * How many users the free plan has each unit for, the scarcest first: what one of them uses in a month,
 * beside what the clock does.
 */
export function freePlanReach(
  monthlyOfOne: Usage,
  monthlyOfClock: Usage,
): { unit: Unit; users: number }[] {
  return units
    .flatMap((unit) => {
      const { freeDaily } = prices[unit];
      const ofOne = monthlyOfOne[unit];
      if (freeDaily === null || ofOne === 0) {
        return [];
      }
      const monthly = freeDaily * DAYS_A_MONTH - monthlyOfClock[unit];
      return [{ unit, users: Math.floor(monthly / ofOne) }];
    })
    .sort((one, other) => one.users - other.users);
}

const DAYS_A_MONTH = 30;

function eachUnit(value: (unit: Unit) => number): Usage {
  return Object.fromEntries(units.map((unit) => [unit, value(unit)])) as Record<Unit, number>;
}
