import { measuredBytes } from "./bytes-per-row.ts";
import { money } from "./flow-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import type { Measured } from "./measure.ts";
import { limits } from "./prices.ts";
import { profiles } from "./profiles.ts";
import { ASSUMED, scaleOf } from "./scaling.ts";

const ACCOUNTS = [1_000_000, 100_000_000, 1_000_000_000];

/** The tables of docs/scaling.md. */
export function scalingReport(measured: readonly Measured[]): string {
  const bytes = measuredBytes();
  const { account, session, auditEvent } = bytes;
  return [
    `One account in ${Math.round(1 / ASSUMED.activeShare)} is used in a month, by the profiles of [cost.md](cost.md); the busiest second is ${ASSUMED.peak} times the average. A row with its indexes takes ${account} bytes of an account with its password, ${session} of a session, ${auditEvent} of an audit event, as measured (\`bench/results/growth.json\`) where each account has one; an event has another ${ASSUMED.sealedBytes} bytes in its seal. A database is planned for half of what it can take: ${limits.d1DatabaseGb * ASSUMED.headroom} GB, and ${ASSUMED.queriesPerSecond * ASSUMED.headroom} calls a second, by Cloudflare's own example of a query that takes a millisecond; no rate of a real database was measured. A batch is one call.`,
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
