import type { BytesPerRow } from "./bytes-per-row.ts";
import type { Measured } from "./measure.ts";
import { leftInAMonth, monthOf, queriesOf } from "./month.ts";
import { limits, storage } from "./prices.ts";
import { HOURS_A_MONTH, type Profile } from "./profiles.ts";
import { billOf } from "./reckon.ts";

/** Assumptions, beside those of the profiles. */
export const ASSUMED = {
  /** Of all accounts, in a month. */
  activeShare: 1 / 3,
  /** The busiest second beside the average one. */
  peak: 3,
  /** Of a database: one query at a time, a millisecond each. Cloudflare's own example. */
  queriesPerSecond: 1_000,
  /** How much of what a database can take is planned for. */
  headroom: 0.5,
  /** Months that rows stay: events for 400 days, sessions that nobody goes on with for 30 and another 7. */
  monthsKept: { auditEvents: 13.3, sessions: 1.2 },
  /** Old events that go in an hour where sessions go as well. A test reckons it from the run itself. */
  eventsCleanedAnHour: 4_000,
  /** Of an event in its seal: its id and digest, as JSON. They go when it goes. */
  sealedBytes: 108,
} as const;

const SECONDS_A_MONTH = 30 * 86_400;
/** One to see who asks, one to decide. */
const DESK_CALLS_A_DEVICE = 2;
const BYTES_A_GB = 1_000_000_000;

/** What so many accounts come to. By the second is at the peak. */
export interface Scale {
  requestsPerSecond: number;
  d1CallsPerSecond: number;
  rowsWrittenPerSecond: number;
  gigabytes: number;
  databasesBySize: number;
  databasesByCalls: number;
  databasesByCleanUp: number;
  /** Of the one object that counts wrong user codes, where all accounts are of one tenant. */
  deskCallsPerSecond: number;
  dollars: number;
  dollarsForLetters: number;
}

export function scaleOf(
  profile: Profile,
  measured: readonly Measured[],
  accounts: number,
  bytes: BytesPerRow,
): Scale {
  const users = accounts * ASSUMED.activeShare;
  const monthly = monthOf(profile, measured, users);
  const perSecond = (amount: number) => (amount / SECONDS_A_MONTH) * ASSUMED.peak;
  const left = leftInAMonth(profile, measured);
  const d1CallsPerSecond = perSecond(users * queriesOf(profile, measured));
  const gigabytes =
    (accounts * bytes.account + users * bytesOfUse(profile, measured, bytes)) / BYTES_A_GB;
  const stored = Math.max(0, gigabytes - storage.d1.includedGb) * storage.d1.dollarsPerGb;
  const withoutLetters = billOf({ ...monthly, letters: 0 });
  return {
    requestsPerSecond: perSecond(monthly.requests),
    d1CallsPerSecond,
    rowsWrittenPerSecond: perSecond(monthly.d1RowsWritten),
    gigabytes,
    databasesBySize: databases(gigabytes, limits.d1DatabaseGb * ASSUMED.headroom),
    databasesByCalls: databases(d1CallsPerSecond, ASSUMED.queriesPerSecond * ASSUMED.headroom),
    databasesByCleanUp: databases(
      (users * left.auditEvents) / HOURS_A_MONTH,
      ASSUMED.eventsCleanedAnHour * ASSUMED.headroom,
    ),
    deskCallsPerSecond: perSecond(
      users * (profile.monthly["deviceApprove"] ?? 0) * DESK_CALLS_A_DEVICE,
    ),
    dollars: withoutLetters + stored,
    dollarsForLetters: billOf(monthly) - withoutLetters,
  };
}

/** What somebody who uses it has in the database beside the account, after the time that rows are kept. */
export function bytesOfUse(
  profile: Profile,
  measured: readonly Measured[],
  { session, auditEvent }: BytesPerRow,
): number {
  const left = leftInAMonth(profile, measured);
  const sessions = profile.lastingSessions + left.sessions * ASSUMED.monthsKept.sessions;
  const events = left.auditEvents * ASSUMED.monthsKept.auditEvents;
  return sessions * session + events * (auditEvent + ASSUMED.sealedBytes);
}

function databases(amount: number, each: number): number {
  return Math.max(1, Math.ceil(amount / each));
}
