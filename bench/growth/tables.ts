import { POLL_INTERVAL_SECONDS } from "../../src/core/device/poll-answer.ts";
import { asMarkdown, type Table } from "../speed/table.ts";
import { POLL } from "./devices.ts";
import type { DeviceResult, GrowthResult, SizeResult } from "./result.ts";

/** What came out, as tables in Markdown. */
export function growthTables({ sizes, devices }: GrowthResult): string {
  return [
    ...[timeTable(sizes), rowTable(sizes), spaceTable(sizes)].map(asMarkdown),
    ...devices.flatMap((one) => [asMarkdown(deviceTable(one)), ...pollsWanted(one)]),
    ...memoryOfOneMore(devices),
  ].join("\n\n");
}

/** What so many devices would ask for in a second, beside what was answered. */
function pollsWanted({ grants, steps }: DeviceResult): string[] {
  const poll = steps.find(({ name }) => name === POLL);
  const wanted = amount(grants / POLL_INTERVAL_SECONDS);
  return poll
    ? [
        `${amount(grants)} devices that each poll every ${POLL_INTERVAL_SECONDS} s send ${wanted} polls a second; this machine answered ${amount(poll.perSecond)}.`,
      ]
    : [];
}

/** The slope from the fewest devices to the most: what is there however many they are is not in it. */
function memoryOfOneMore(devices: readonly DeviceResult[]): string[] {
  const [fewest, most] = [devices.at(0), devices.at(-1)];
  if (!fewest?.grownBytes || !most?.grownBytes || fewest.grants === most.grants) {
    return [];
  }
  const each = (most.grownBytes - fewest.grownBytes) / (most.grants - fewest.grants);
  return [
    `From ${amount(fewest.grants)} to ${amount(most.grants)} devices at once the whole process grew by ${amount(Math.round(each / 1000))} kB for each more.`,
  ];
}

/** Median and the hundredth that takes longest, in milliseconds; the longest where there were few. */
function timeTable(sizes: readonly SizeResult[]): Table {
  return flowTable(sizes, "median, p99", ({ medianMs, p99Ms, longestMs }) => {
    return `${medianMs}, ${p99Ms ?? `longest ${longestMs}`} ms`;
  });
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

function deviceTable({ grants, steps }: DeviceResult): Table {
  return [
    [`${amount(grants)} devices at once`, "requests", "per second", "median", "p99"],
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
