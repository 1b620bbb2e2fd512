import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import type { GrowthResult } from "../growth/result.ts";
import { money } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { limits } from "./prices.ts";
import { profiles } from "./profiles.ts";
import { ASSUMED, type BytesPerRow, scaleOf } from "./scaling.ts";

const ACCOUNTS = [1_000_000, 100_000_000, 1_000_000_000];

/** Until they are measured: the lengths of what stands in a row, ids and indexes included, rounded up. */
const ASSUMED_BYTES: BytesPerRow = { account: 900, session: 700, auditEvent: 500 };
/** Of an event in its seal: its id and digest, as JSON. They go when it goes. */
const SEALED_BYTES = 108;

/** The tables of docs/scaling.md. */
export function scalingReport(measured: readonly Measured[]): string {
  const growth = measuredBytes();
  const { account, session, auditEvent } = growth ?? ASSUMED_BYTES;
  const bytes = { account, session, auditEvent: auditEvent + SEALED_BYTES };
  const said = growth ? "as measured (`bench/results/growth.json`)" : "an assumption, not measured";
  return [
    `One account in ${Math.round(1 / ASSUMED.activeShare)} is used in a month, by the profiles of [cost.md](cost.md); the busiest second is ${ASSUMED.peak} times the average. A row with its indexes takes ${account} bytes of an account with its password, ${session} of a session, ${auditEvent} of an audit event: ${said}. An event has another ${SEALED_BYTES} bytes in its seal. A database is planned for ${limits.d1DatabaseGb * ASSUMED.headroom} GB and ${ASSUMED.queriesPerSecond * ASSUMED.headroom} calls a second, half of what it can take.`,
    ...profiles.flatMap((profile) => [
      `**${profile.name}**`,
      markdownTable(
        HEAD,
        ACCOUNTS.map((accounts) => row(accounts, scaleOf(profile, measured, accounts, bytes))),
      ),
    ]),
  ].join("\n\n");
}

const HEAD = [
  "accounts",
  "requests/s",
  "D1 calls/s",
  "rows written/s",
  "GB in D1",
  "databases by size",
  "by calls",
  "by clean-up",
  "code desk calls/s",
  "dollars a month",
  "and for letters",
];

function row(accounts: number, scale: ReturnType<typeof scaleOf>): (string | number)[] {
  const whole = (value: number) => Math.ceil(value).toLocaleString("en");
  return [
    accounts.toLocaleString("en"),
    whole(scale.requestsPerSecond),
    whole(scale.d1CallsPerSecond),
    whole(scale.rowsWrittenPerSecond),
    whole(scale.gigabytes),
    whole(scale.databasesBySize),
    whole(scale.databasesByCalls),
    whole(scale.databasesByCleanUp),
    whole(scale.deskCallsPerSecond),
    money(scale.dollars),
    money(scale.dollarsForLetters),
  ];
}

/** Null where nobody measured yet. */
function measuredBytes(): BytesPerRow | null {
  const file = join(projectFolder, "bench", "results", "growth.json");
  if (!existsSync(file)) {
    return null;
  }
  const { sizes } = JSON.parse(readFileSync(file, "utf8")) as GrowthResult;
  const largest = sizes.at(-1);
  return largest
    ? {
        account: Math.round(largest.account.bytes),
        session: Math.round(largest.session.bytes),
        auditEvent: Math.round(largest.event.bytes),
      }
    : null;
}
