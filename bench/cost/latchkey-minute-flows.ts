import type { CountedService } from "./counted-service.ts";
import type { Flow } from "./flow.ts";
import { auditEvents, CLEANED_ROWS } from "./latchkey-clean-up-flows.ts";

const TOLD_EVENTS = 100;

/** Its receiver is `startLatchkey`'s: it takes everything. */
const WEBHOOK = `INSERT OR IGNORE INTO webhooks (id, tenant_id, url, secret, sequence, created_at)
  SELECT 'webhook', 'nobody', 'https://api.example.com/hook', 'whsec_${"A".repeat(43)}=',
    (SELECT coalesce(max(sequence), 0) FROM audit_seals WHERE tenant_id = 'nobody'), 0`;

/** What the minute does by itself. The webhook comes last: from then on it hears everything. */
export function minuteFlows(service: CountedService): Flow[] {
  const run = () => service.order("scheduled", { cron: "* * * * *" });
  const withNewEvents = async (count: number) => {
    await service.order("sql", { sql: auditEvents(count, "unixepoch() * 1000") });
    return run;
  };
  return [
    { id: "minute", name: "run of a minute with nothing to do", prepare: async () => run },
    {
      id: "sealAuditEvents",
      name: "run of a minute that seals 1,000 audit events",
      isDear: true,
      prepare: () => withNewEvents(CLEANED_ROWS),
    },
    {
      id: "webhook",
      name: "run of a minute that seals 100 and tells a webhook of them",
      isDear: true,
      async prepare() {
        await service.order("sql", { sql: WEBHOOK });
        return withNewEvents(TOLD_EVENTS);
      },
    },
  ];
}
