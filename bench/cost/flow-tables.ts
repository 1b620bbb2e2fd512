import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { prices, type Unit } from "./prices.ts";
import { dollarsOf, sumOf, total, type Usage, usageOf } from "./reckon.ts";

/** What people want to see apart: the columns of a bill. */
export const GROUPS: Readonly<Record<string, readonly Unit[]>> = {
  Worker: ["requests", "cpuMilliseconds"],
  D1: ["d1RowsRead", "d1RowsWritten"],
  KV: ["kvReads", "kvWrites", "kvDeletes", "kvLists"],
  objects: ["objectRequests", "objectGbSeconds", "objectRowsRead", "objectRowsWritten"],
  queue: ["queueOperations"],
  log: ["logLines"],
};

export const MAIL: readonly Unit[] = ["letters"];

export function money(dollars: number): string {
  const digits = dollars >= 100 ? 0 : 2;
  return dollars.toLocaleString("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

export function groupSum(dollars: Usage, group: readonly Unit[]): number {
  return group.reduce((sum, unit) => sum + dollars[unit], 0);
}

/** What each flow was seen to ask for. */
export function countTable(all: readonly Measured[]): string {
  const head = [
    "flow",
    "requests",
    "D1 calls",
    "rows read",
    "rows written",
    "KV r/w/d",
    "object calls",
    "their rows r/w",
    "messages",
    "letters",
    "CPU ms",
  ];
  const rows = all.map(({ name, counts, cpuMilliseconds }) => [
    name,
    counts.requests,
    counts.d1Queries,
    counts.d1RowsRead,
    counts.d1RowsWritten,
    `${counts.kvReads}/${counts.kvWrites}/${counts.kvDeletes}`,
    counts.objectRequests,
    `${counts.objectRowsRead}/${counts.objectRowsWritten}`,
    counts.queueMessages,
    counts.letters,
    cpuMilliseconds === null ? "?" : cpuMilliseconds.toFixed(1),
  ]);
  return markdownTable(head, rows);
}

/** Dollars for a million of each flow, with nothing included. */
export function priceTable(latchkey: readonly Measured[], betterAuth: readonly Measured[]): string {
  const head = [
    "flow",
    ...Object.keys(GROUPS),
    "**together**",
    "without log",
    "letters",
    "better-auth, without letters and log",
  ];
  const rows = latchkey.map(({ id, name, counts, cpuMilliseconds }) => {
    const dollars = dollarsOfMillion(usageOf(counts, cpuMilliseconds));
    const other = betterAuth.find((one) => one.id === id);
    return [
      name,
      ...Object.values(GROUPS).map((group) => money(groupSum(dollars, group))),
      `**${money(total(dollars, MAIL))}**`,
      money(total(dollars, [...MAIL, "logLines"])),
      money(groupSum(dollars, MAIL)),
      other ? money(ofAMillion(other)) : "–",
    ];
  });
  return markdownTable(head, rows);
}

/** Dollars for a million, without letters. */
export function ofAMillion({ counts, cpuMilliseconds }: Measured): number {
  return total(dollarsOfMillion(usageOf(counts, cpuMilliseconds)), MAIL);
}

function dollarsOfMillion(usage: Usage): Usage {
  return dollarsOf(sumOf([[1_000_000, usage]]));
}

export function unitName(unit: Unit): string {
  return prices[unit].name;
}
