import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";

/** So many rows at a time. */
export const CLEANED_ROWS = 1000;

const numbers = (count: number) => `WITH RECURSIVE numbers(n) AS
  (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ${count})`;
/** Like one of long ago. */
const ID = "printf('00000000-0000-7000-8000-%012x', abs(random() % 281474976710656))";

/** Of long ago: they are due. */
const SESSIONS = `INSERT INTO sessions (id, number, tenant_id, account_id, contract, created_at, expires_at, ends_at)
  ${numbers(CLEANED_ROWS)} SELECT ${ID}, n, 'nobody', 'nobody', 'oauth', 0, 0, 0 FROM numbers`;

/** Makes events of one tenant. `at` is SQL, in milliseconds since 1970. */
export const auditEvents = (count: number, at: string) =>
  `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
  ${numbers(count)} SELECT ${ID}, 'nobody', 'signed-in', 'nobody', 'nobody', '', ${at} FROM numbers`;

/** What the hour does by itself. */
export function cleanUpFlows(service: CountedService): Flow[] {
  const run = () => service.order("scheduled");
  return [
    { id: "hour", name: "hourly run with nothing to do", prepare: async () => run },
    {
      id: "cleanSessions",
      name: "hourly run with 1,000 ended sessions",
      isDear: true,
      prepare: async () => {
        await service.order("sql", { sql: SESSIONS });
        return run;
      },
    },
    {
      id: "cleanAuditEvents",
      name: "hourly run with 1,000 old audit events",
      isDear: true,
      prepare: async () => {
        await service.order("sql", { sql: auditEvents(CLEANED_ROWS, "0") });
        await service.order("scheduled", { cron: "* * * * *" });
        // What was sealed last stays until something else is.
        await service.order("sql", { sql: auditEvents(1, "unixepoch() * 1000") });
        await service.order("scheduled", { cron: "* * * * *" });
        return run;
      },
    },
  ];
}
