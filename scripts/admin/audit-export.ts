import { recordOf } from "../../src/core/audit/event-record.ts";
import { firstIdOf } from "../../src/storage/d1/first-id-of.ts";
import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import { auditEventOf } from "./audit-event-of.ts";
import { command } from "./command.ts";
import { counted } from "./counted.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { type Task, task } from "./task.ts";
import { DEFAULT_TENANT_SLUG, tenantOption } from "./tenant-option.ts";

/** Events that are read at a time: a few megabytes. */
const PAGE = 5000;
const DAY_MS = 86_400_000;

interface Wanted {
  slug: string;
  since: Date | null;
  until: Date | null;
}

/** A JSON object a line, the oldest event first. Says on standard error how far it is. */
export const auditExport = command({
  summary: "Writes down what happened in a tenant, an event a line (NDJSON)",
  options: {
    since: { value: "time", what: "only what was at this time or later" },
    until: { value: "time", what: "only what was before this time" },
    tenant: tenantOption,
  },
  onlyReads: true,
  examples: ["--since 2026-11-01 > events.ndjson", "--tenant acme --remote > acme.ndjson"],

  plan({ since, until, tenant: slug = DEFAULT_TENANT_SLUG }) {
    const wanted = { slug, since: readTime(since), until: readTime(until) };
    // A session's event is named when the session is thought of, and written when it is opened.
    const first = wanted.since && new Date(Math.max(0, wanted.since.getTime() - DAY_MS));
    return exportAfter(first ? firstIdOf(first) : "", 0, wanted);
  },
});

function exportAfter(lastId: string, before: number, wanted: Wanted): Task {
  const { slug } = wanted;
  let next: Task | null = null;
  return task({
    intent: `read what happened in the tenant ${slug}`,
    readsOnly: true,
    statements: { tenant: findTenant(slug), events: selectEvents(lastId, wanted) },
    report({ tenant, events: rows }, site) {
      requireTenant(tenant, slug, site);
      const events = rows.map(auditEventOf);
      const count = before + events.length;
      if (events.length === PAGE) {
        process.stderr.write(
          `${counted(count, "event")}, to ${events.at(-1)?.at.toISOString()} …\n`,
        );
        next = exportAfter(String(events.at(-1)?.id), count, wanted);
      } else {
        process.stderr.write(`${counted(count, "event")}.\n`);
      }
      return events.map((event) => JSON.stringify(recordOf(event)));
    },
    next: async () => next,
  });
}

/** In the order of their ids, which an index serves: but for a few moments that of time. */
function selectEvents(lastId: string, { slug, since, until }: Wanted): Sql {
  return sql`SELECT * FROM audit_events
    WHERE tenant_id = (SELECT id FROM tenants WHERE slug = ${slug}) AND id > ${lastId}
      AND at >= ${since ?? 0} AND at < ${until ?? Number.MAX_SAFE_INTEGER}
    ORDER BY id LIMIT ${PAGE}`;
}

function readTime(given: string | undefined): Date | null {
  if (given === undefined) {
    return null;
  }
  const time = new Date(given);
  if (Number.isNaN(time.getTime())) {
    throw new Problem(
      `${JSON.stringify(given)} is not a time.`,
      "Give one as in --since 2026-11-01 or --since 2026-11-01T12:00:00Z",
    );
  }
  return time;
}
