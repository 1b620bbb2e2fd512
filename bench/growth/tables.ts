import { asMarkdown, type Table } from "../speed/table.ts";
import type { DeviceResult, GrowthResult, SizeResult } from "./result.ts";

/** What came out, as tables in Markdown. */
export function growthTables({ sizes, devices }: GrowthResult): string {
  return [timeTable(sizes), rowTable(sizes), spaceTable(sizes), ...devices.map(deviceTable)]
    .map(asMarkdown)
    .join("\n\n");
}

/** Median and the hundredth that takes longest, in milliseconds. */
function timeTable(sizes: readonly SizeResult[]): Table {
  return flowTable(sizes, "median, p99", ({ medianMs, p99Ms }) => `${medianMs}, ${p99Ms} ms`);
}

function rowTable(sizes: readonly SizeResult[]): Table {
  return flowTable(
    sizes,
    "rows read, written",
    ({ rowsRead, rowsWritten }) => `${rowsRead}, ${rowsWritten}`,
  );
}

function flowTable(
  sizes: readonly SizeResult[],
  what: string,
  cell: (timed: SizeResult["flows"][number]) => string,
): Table {
  const [first] = sizes;
  return [
    [what, ...sizes.map(({ accounts }) => amount(accounts))],
    ...(first?.flows ?? []).map(({ name }, row) => [
      name,
      ...sizes.map(({ flows }) => {
        const timed = flows[row];
        return timed ? cell(timed) : "–";
      }),
    ]),
  ];
}

function spaceTable(sizes: readonly SizeResult[]): Table {
  const row = (name: string, cell: (size: SizeResult) => string) => [name, ...sizes.map(cell)];
  return [
    row("database", ({ accounts }) => amount(accounts)),
    row("size", ({ bytes }) => `${(bytes / 1e6).toFixed(1)} MB`),
    row("an account: rows, bytes", ({ account }) => share(account)),
    row("a session: rows, bytes", ({ session }) => share(session)),
    row("an event of the audit log: rows, bytes", ({ event }) => share(event)),
  ];
}

function share({ rows, bytes }: SizeResult["account"]): string {
  // A database grows by pages: one more of something takes none, or a whole one.
  return bytes > 0 ? `${rows.toFixed(1)}, ${amount(Math.round(bytes))}` : "–";
}

function deviceTable({ grants, steps, bytesOfMemory }: DeviceResult): Table {
  const memory = bytesOfMemory === null ? "" : `, ${amount(bytesOfMemory)} bytes of memory each`;
  return [
    [`${amount(grants)} devices at once${memory}`, "requests", "per second", "median", "p99"],
    ...steps.map(({ name, count, perSecond, medianMs, p99Ms }) => [
      name,
      amount(count),
      String(perSecond),
      `${medianMs} ms`,
      `${p99Ms} ms`,
    ]),
  ];
}

function amount(count: number): string {
  return count.toLocaleString("en-US");
}
