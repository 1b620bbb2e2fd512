/** A table that reads well as text, too. The first column holds words, the others numbers. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) =>
    Math.max(3, ...cells.map((row) => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => padded(cell, widths[column] ?? 0, column)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), `| ${ruleOf(widths).join(" | ")} |`, ...others.map(line)].join("\n");
}

const padded = (cell: string, width: number, column: number) =>
  column === 0 ? cell.padEnd(width) : cell.padStart(width);

const ruleOf = (widths: readonly number[]) =>
  widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
