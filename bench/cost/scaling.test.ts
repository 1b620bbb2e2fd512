import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measured } from "./measure.ts";
import { monthOf } from "./month.ts";
import type { Profile } from "./profiles.ts";
import { ASSUMED, scaleOf } from "./scaling.ts";
import { counts } from "./worker/counts.ts";

const flow = (id: string, some: Partial<Measured["counts"]>): Measured => ({
  id,
  name: id,
  counts: { ...counts, ...some },
  cpuMilliseconds: 1,
  leaves: { accounts: 0, sessions: 0, auditEvents: 0 },
  isSteady: true,
});

const measured: Measured[] = [
  {
    ...flow("signIn", { requests: 1, d1Queries: 2, d1RowsWritten: 6 }),
    leaves: { accounts: 0, sessions: 1, auditEvents: 1 },
  },
  flow("hour", { requests: 1 }),
  flow("minute", { requests: 1 }),
  flow("sealAuditEvents", { requests: 1, d1RowsWritten: 4 }),
  flow("cleanSessions", { requests: 1, d1RowsWritten: 1000 }),
  flow("cleanAuditEvents", { requests: 1, d1RowsWritten: 1000 }),
];

/** Ten sign-ins a month. */
const profile: Profile = {
  id: "",
  name: "",
  about: "",
  days: 0,
  lastingSessions: 2,
  monthly: { signIn: 10 },
};

test("a month holds what people do, what the clock does, and the end of every row that was left", () => {
  const { requests, d1RowsWritten, cpuMilliseconds } = monthOf(profile, measured, 300);

  // 3,000 sign-ins, 720 hours, 43,200 minutes; three runs each that seal 1,000 events, remove them and
  // remove 1,000 sessions.
  assert.equal(requests, 3_000 + 720 + 43_200 + 3 + 3 + 3);
  assert.equal(d1RowsWritten, 18_000 + 12 + 3_000 + 3_000);
  assert.equal(cpuMilliseconds, 46_929);
});

test("accounts come to calls, bytes and databases", () => {
  const bytes = { account: 1_000, session: 500, auditEvent: 100 - ASSUMED.sealedBytes };
  const scale = scaleOf(profile, measured, 7_776_000, bytes);

  // A third of them, 2,592,000, in the seconds of 30 days: one user a second, three at the peak.
  assert.equal(scale.d1CallsPerSecond.toFixed(6), "60.000000");
  assert.equal(scale.databasesByCalls, 1);
  // 7.776 GB of accounts, 18.144 of sessions (2 that last and 12 for 1.2 months' ten), 34.4736 of events (133 each).
  assert.equal(scale.gigabytes.toFixed(4), "60.3936");
  assert.equal(scale.databasesBySize, 13);
  // 36,000 events an hour, where 2,000 are planned to go.
  assert.equal(scale.databasesByCleanUp, 18);
});
