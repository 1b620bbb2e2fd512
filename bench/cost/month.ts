import { CLEANED_ROWS } from "./latchkey-clean-up-flows.ts";
import type { Left, Measured } from "./measure.ts";
import { HOURS_A_MONTH, MINUTES_A_MONTH, type Profile } from "./profiles.ts";
import { sumOf, type Usage, usageOf } from "./reckon.ts";

/** What a user of a profile uses in a month, of those flows that were measured. */
export function monthlyOfOne(
  { monthly }: Pick<Profile, "monthly">,
  measured: readonly Measured[],
): Usage {
  return sumOf(
    measured.flatMap((flow) => {
      const times = monthly[flow.id];
      return times === undefined ? [] : [[times, usageOfFlow(flow)] as const];
    }),
  );
}

/** What a user's month has the clock do: each event that is left is sealed, and each row goes some day. */
export function upkeepOfOne(profile: Profile, measured: readonly Measured[]): Usage {
  const left = leftInAMonth(profile, measured);
  return sumOf([
    [left.auditEvents / CLEANED_ROWS, usageIn(measured, "sealAuditEvents")],
    [left.sessions / CLEANED_ROWS, usageIn(measured, "cleanSessions")],
    [left.auditEvents / CLEANED_ROWS, usageIn(measured, "cleanAuditEvents")],
  ]);
}

/** What the clock does in a month, whoever uses the service. */
export function clockOf(measured: readonly Measured[]): Usage {
  return sumOf([
    [HOURS_A_MONTH, usageIn(measured, "hour")],
    [MINUTES_A_MONTH, usageIn(measured, "minute")],
  ]);
}

/** A month of so many users, with all that the clock does. */
export function monthOf(profile: Profile, measured: readonly Measured[], users: number): Usage {
  return sumOf([
    [users, monthlyOfOne(profile, measured)],
    [users, upkeepOfOne(profile, measured)],
    [1, clockOf(measured)],
  ]);
}

/** D1 calls of one user in a month. */
export function queriesOf({ monthly }: Profile, measured: readonly Measured[]): number {
  return measured.reduce((sum, { id, counts }) => sum + (monthly[id] ?? 0) * counts.d1Queries, 0);
}

/** Rows that a user of a profile leaves in a month. */
export function leftInAMonth({ monthly }: Profile, measured: readonly Measured[]): Left {
  const sum = (table: keyof Left) =>
    measured.reduce((all, { id, leaves }) => all + (monthly[id] ?? 0) * (leaves?.[table] ?? 0), 0);
  return { accounts: sum("accounts"), sessions: sum("sessions"), auditEvents: sum("auditEvents") };
}

function usageIn(measured: readonly Measured[], id: string): Usage {
  const flow = measured.find((one) => one.id === id);
  if (!flow) {
    throw new RangeError(`"${id}" was not measured`);
  }
  return usageOfFlow(flow);
}

const usageOfFlow = ({ counts, cpuMilliseconds }: Measured) => usageOf(counts, cpuMilliseconds);
