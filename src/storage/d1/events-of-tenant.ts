import { and, desc, eq, getTableColumns, gte, lt, notInArray, sql } from "drizzle-orm";
import type { EventsFound, EventsWanted } from "../../core/audit/audit-log.ts";
import type { Database } from "./database.ts";
import { firstIdOf } from "./first-id-of.ts";
import { auditEvents } from "./schema.ts";

/**
 * Events that one answer looks at. An index for each thing that may be asked for would be a row more to
 * write for each event: whoever asks for something rare asks more often instead. One more than an
 * answer can hold, which tells whether there are others.
 */
const WINDOW = 1001;

/** What happened in a tenant, the newest first, by the index of the tenant or of the account. */
export async function eventsOfTenant(
  db: Database,
  tenantId: string,
  wanted: EventsWanted,
): Promise<EventsFound> {
  const { most, actorId, event, hidden = [] } = wanted;
  const window = windowOf(db, tenantId, wanted);
  const found = await db
    .select()
    .from(window)
    .where(
      and(
        actorId === undefined ? undefined : eq(window.actorId, actorId),
        event === undefined ? undefined : eq(window.event, event),
        hidden.length === 0 ? undefined : notInArray(window.event, [...hidden]),
      ),
    )
    .orderBy(desc(window.id))
    .limit(most + 1);
  if (found.length > most) {
    const events = found.slice(0, most);
    return { events, nextBeforeId: events.at(-1)?.id ?? null };
  }
  if (actorId === undefined && event === undefined && hidden.length === 0) {
    return { events: found, nextBeforeId: null };
  }
  const [seen] = await db
    .select({ count: sql<number>`count(*)`, last: sql<string | null>`min(${window.id})` })
    .from(window);
  return { events: found, nextBeforeId: seen?.count === WINDOW ? seen.last : null };
}

function windowOf(
  db: Database,
  tenantId: string,
  { accountId, beforeId, since, until }: EventsWanted,
) {
  // One end alone: an index would be gone through from the one to the other.
  const ends = [...(beforeId ? [beforeId] : []), ...(until ? [firstIdOf(until)] : [])].sort();
  const [end] = ends;
  return db
    .select(getTableColumns(auditEvents))
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.tenantId, tenantId),
        accountId === undefined ? undefined : eq(auditEvents.accountId, accountId),
        end === undefined ? undefined : lt(auditEvents.id, end),
        since ? gte(auditEvents.id, firstIdOf(since)) : undefined,
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(WINDOW)
    .as("looked_at");
}
