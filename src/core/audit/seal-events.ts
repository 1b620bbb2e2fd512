import type { Clock } from "../ports.ts";
import type { AuditEvent } from "./audit-log.ts";
import type { AuditSeals } from "./audit-seals.ts";
import { type AuditSeal, type ChainHead, eventsText, eventText, sealText } from "./chain.ts";

/** Events that are sealed at a time: they are in memory together. */
const BATCH = 1000;
/** Five queries each: Cloudflare's free plan allows an invocation 50. */
const MOST_BATCHES = 6;

export interface Sealing {
  auditSeals: AuditSeals;
  /** Lower-case hex. */
  sha256: (text: string) => Promise<string>;
  clock: Clock;
}

export interface SealedNow {
  sealed: number;
  /** Where the chains end to which something was added. */
  heads: ChainHead[];
  /** Whether the next run has to go on where this one ended. */
  hasMore: boolean;
}

/**
 * Seals what was written down since the last run: afterwards none of it can be changed, removed or
 * added to without the chain showing it. Where two run at once, one does it.
 */
export async function sealEvents(sealing: Sealing): Promise<SealedNow> {
  const { auditSeals, clock } = sealing;
  const heads = new Map<string, ChainHead>();
  let sealed = 0;
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const stretch = await auditSeals.unsealed(BATCH);
    if (stretch.events.length === 0) {
      return { sealed, heads: [...heads.values()], hasMore: false };
    }
    const now = clock.now();
    const seals = await sealsOf(sealing, stretch.events, now);
    if (!(await auditSeals.append(seals, stretch, now))) {
      return { sealed, heads: [...heads.values()], hasMore: false };
    }
    sealed += stretch.events.length;
    for (const { tenantId, sequence, digest } of seals) {
      heads.set(tenantId, { tenantId, sequence, digest });
    }
    if (stretch.events.length < BATCH) {
      return { sealed, heads: [...heads.values()], hasMore: false };
    }
  }
  return { sealed, heads: [...heads.values()], hasMore: true };
}

/** A seal for each tenant that something happened in, after its last. */
async function sealsOf(
  sealing: Sealing,
  events: readonly AuditEvent[],
  now: Date,
): Promise<AuditSeal[]> {
  const ofTenants = Map.groupBy(events, ({ tenantId }) => tenantId);
  const heads = await sealing.auditSeals.heads([...ofTenants.keys()]);
  const headOf = new Map(heads.map((head) => [head.tenantId, head]));
  return Promise.all(
    [...ofTenants].map(([tenantId, own]) => {
      const { sequence = 0, digest = "" } = headOf.get(tenantId) ?? {};
      return seal(sealing, { tenantId, sequence, digest }, own, now);
    }),
  );
}

async function seal(
  { sha256 }: Sealing,
  after: ChainHead,
  events: readonly AuditEvent[],
  sealedAt: Date,
): Promise<AuditSeal> {
  const text = eventsText(
    await Promise.all(
      events.map(async (event) => [event.id, await sha256(eventText(event))] as const),
    ),
  );
  const covered = {
    tenantId: after.tenantId,
    sequence: after.sequence + 1,
    eventsDigest: await sha256(text),
    count: events.length,
    until: new Date(Math.max(...events.map(({ at }) => at.getTime()))),
    sealedAt,
  };
  return { ...covered, events: text, digest: await sha256(sealText(after.digest, covered)) };
}
