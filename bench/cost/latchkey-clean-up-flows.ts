import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";

/** So many rows at a time. */
export const CLEANED_ROWS = 1000;

/** Ids and times of long ago: what has them is due. */
const NUMBERS = `WITH RECURSIVE numbers(n) AS
  (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${CLEANED_ROWS})`;
const ID = "printf('00000000-0000-7000-8000-%012x', abs(random() % 281474976710656))";

const SESSIONS = `INSERT INTO sessions (id, number, tenant_id, account_id, contract, created_at, expires_at, ends_at)
  ${NUMBERS} SELECT ${ID}, n, 'nobody', 'nobody', 'oauth', 0, 0, 0 FROM numbers`;
const AUDIT_EVENTS = `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
  ${NUMBERS} SELECT ${ID}, 'nobody', 'signed_in', 'nobody', 'nobody', '', 0 FROM numbers`;
const NEW_EVENT = `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
  SELECT ${ID}, 'nobody', 'signed-in', 'nobody', 'nobody', '', unixepoch() * 1000`;

/** What the hour does by itself. */
export function cleanUpFlows(service: CountedService): Flow[] {
  const run = () => service.order("scheduled");
  return [
    { id: "hour", name: "hourly run with nothing to do", prepare: async () => run },
    {
      id: "cleanSessions",
      name: "hourly run with 1,000 ended sessions",
      prepare: async () => {
        await service.order("sql", { sql: SESSIONS });
        return run;
      },
    },
    {
      id: "cleanAuditEvents",
      name: "hourly run with 1,000 old audit events",
      prepare: async () => {
        await service.order("sql", { sql: AUDIT_EVENTS });
        await service.order("scheduled", { cron: "* * * * *" });
        // What was sealed last stays until something else is.
        await service.order("sql", { sql: NEW_EVENT });
        await service.order("scheduled", { cron: "* * * * *" });
        return run;
      },
    },
  ];
}
