import type { Figures, Ratio, WorkResult } from "./result.ts";

/** Rows of a table, its head first. */
export type Table = readonly (readonly string[])[];

export function figureTable({ figures }: WorkResult): Table {
  return [
    ["", "requests/s", "median", "p99", "CPU per request"],
    ...figures.map((one) => [
      one.contender,
      String(one.requestsPerSecond),
      `${one.medianMs} ms`,
      `${one.p99Ms} ms`,
      cpu(one),
    ]),
  ];
}

function cpu({ cpuMsPerRequest }: Figures): string {
  return cpuMsPerRequest === null ? "–" : `${cpuMsPerRequest} ms`;
}

/** A rest that was not worth measuring, or answers that came a little late, are not told. */
const TOLD_FROM = 0.1;

/** Who was measured for a shorter or longer time than was asked for, in words; nothing where nobody was. */
export function otherTimes({ figures, seconds }: WorkResult): string[] {
  const others = figures.flatMap(({ contender, secondsOfRound }) => {
    const isOther =
      seconds !== undefined &&
      secondsOfRound !== undefined &&
      Math.abs(secondsOfRound - seconds) > seconds * TOLD_FROM;
    return isOther ? [`${secondsOfRound} s of ${contender}`] : [];
  });
  return others.length === 0
    ? []
    : [`Of a round that was to be ${seconds} s, really measured: ${others.join(", ")}.`];
}

export function ratioTable({ ratios }: WorkResult): Table {
  return [
    ["", "times as fast as", "median", "min–max", "goal", ""],
    ...ratios.map((one) => [
      one.ours,
      one.beside,
      `${one.median} ×`,
      `${one.least}–${one.most}`,
      one.goal === null ? "–" : `≥ ${one.goal}`,
      verdict(one),
    ]),
  ];
}

function verdict({ reached }: Ratio): string {
  if (reached === null) {
    return "";
  }
  return reached ? "reached" : "not reached";
}

/** For a terminal: columns of one width, numbers to the right. */
export function asText(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => (row[column] ?? "").length)),
  );
  const pad = (cell: string, column: number) => {
    const width = widths[column] ?? 0;
    return /^[≥\d–]/.test(cell) ? cell.padStart(width) : cell.padEnd(width);
  };
  return table.map((row) => row.map(pad).join("  ").trimEnd()).join("\n");
}

export function asMarkdown(table: Table): string {
  const [head = [], ...rows] = table;
  const firstRow = rows[0] ?? [];
  const rule = head.map((_, column) => (/^[≥\d–]/.test(firstRow[column] ?? "") ? "---:" : "---"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
