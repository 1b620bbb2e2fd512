import { styleText } from "node:util";
import { say } from "../../scripts/say.ts";
import type { Entrance } from "./entrances.ts";
import { LEAST_MS, SIGNIFICANT } from "./limits.ts";
import { UNKNOWN } from "./people.ts";
import type { Times } from "./sample.ts";
import { bootstrapInterval, mannWhitneyP, median, quantile } from "./statistics.ts";

/** One group at one entrance, beside the addresses without an account there. */
export interface GroupReport {
  group: string;
  samples: number;
  medianMs: number;
  p95Ms: number;
  /** Of the medians: positive where this group is the slower one. */
  differenceMs: number;
  /** Where that lies in 95 of 100 draws. */
  intervalMs: [number, number];
  /** Of the Mann–Whitney U test. */
  p: number;
  /** Whether it can be told apart. */
  tells: boolean;
}

export interface EntranceReport {
  entrance: string;
  groups: GroupReport[];
}

/** Compares every group with the addresses that have no account. */
export function compare({ name, groups }: Entrance, times: Times): EntranceReport {
  const unknown = times.get(UNKNOWN) ?? [];
  const measured = groups.map((group) => compareGroup(group, times.get(group) ?? [], unknown));
  return { entrance: name, groups: measured };
}

function compareGroup(
  group: string,
  own: readonly number[],
  unknown: readonly number[],
): GroupReport {
  const difference = median(own) - median(unknown);
  const p = mannWhitneyP(own, unknown);
  const [low, high] = bootstrapInterval(own, unknown);
  return {
    group,
    samples: own.length,
    medianMs: rounded(median(own)),
    p95Ms: rounded(quantile(own, 0.95)),
    differenceMs: rounded(difference),
    intervalMs: [rounded(low), rounded(high)],
    p: Number(p.toPrecision(3)),
    tells: Math.abs(difference) > LEAST_MS && p < SIGNIFICANT,
  };
}

function rounded(milliseconds: number): number {
  return Number(milliseconds.toFixed(2));
}

/** Says what was measured, a line a group. */
export function report({ entrance, groups: measured }: EntranceReport): void {
  say(`\n${styleText("bold", entrance)}`);
  for (const { group, medianMs, p95Ms, differenceMs, intervalMs, p, tells } of measured) {
    const figures =
      `median ${inColumn(medianMs)}  p95 ${inColumn(p95Ms)}  ` +
      `difference ${inColumn(differenceMs)}  95 % in ${intervalMs.join(" … ")}  p ${p}`;
    say(`  ${group.padEnd(24)}${tells ? styleText("red", figures) : figures}`);
  }
}

function inColumn(milliseconds: number): string {
  return `${milliseconds.toFixed(2).padStart(7)} ms`;
}
