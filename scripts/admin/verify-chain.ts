import { Problem } from "../problem.ts";
import { type Sql, sql } from "../sql.ts";
import { ChainCheck, type Head } from "./check-chain.ts";
import { counted } from "./counted.ts";
import { findTenant, requireTenant } from "./find-tenant.ts";
import { type Row, type Site, type Task, task } from "./task.ts";

/** Events that are read at a time, or seals of as many: a few megabytes. */
const PAGE = 5000;
const MOST_FINDINGS = 20;
/**
 * The least that AUDIT_RETENTION_DAYS can be: what is newer was not removed by its age, whatever the database says,
 * so it is told by another clock than the database's.
 */
const KEPT_AT_LEAST_MS = 30 * 24 * 3600 * 1000;

/** What is verified, and how it stood when that was begun. */
interface Verification {
  slug: string;
  /** A head of the chain that was kept elsewhere. */
  kept: Head | null;
  lastSequence: number;
  /** The row after which nothing is sealed yet. */
  lastSealedRow: number;
  /** What is older may have been removed. */
  horizon: number;
  check: ChainCheck;
}

/** Has a tenant's chain computed anew, and each event that it covers. */
export function verifyChain(slug: string, kept: Head | null): Task {
  return step({
    slug,
    statements: {
      tenant: findTenant(slug),
      seals: sql`SELECT coalesce(max(sequence), 0) AS last FROM audit_seals WHERE ${isOf(slug)}`,
      mark: sql`SELECT coalesce((SELECT rowid FROM audit_events
          WHERE id = substr(mark, instr(mark, ' ') + 1)), CAST(mark AS INTEGER)) AS row
        FROM marks WHERE name = 'audit-seals'`,
      horizon: sql`SELECT CAST(mark AS INTEGER) AS time FROM marks WHERE name = 'audit-horizon'`,
    },
    async read({ tenant, seals: [seals], mark: [mark], horizon: [horizon] }, site) {
      requireTenant(tenant, slug, site);
      return checkSeals({
        slug,
        kept,
        lastSequence: Number(seals?.["last"]),
        lastSealedRow: Number(mark?.["row"] ?? 0),
        horizon: Math.min(Number(horizon?.["time"] ?? 0), Date.now() - KEPT_AT_LEAST_MS),
        check: new ChainCheck(String(tenant[0]?.["id"])),
      });
    },
  });
}

function checkSeals(verification: Verification): Task {
  const { slug, check, kept, lastSequence, horizon } = verification;
  const { sequence: after } = check.head;
  return step({
    slug,
    statements: {
      seals: sql`SELECT * FROM
        (SELECT *, sum(count) OVER (ORDER BY sequence) - count AS before FROM
          (SELECT * FROM audit_seals WHERE ${isOf(slug)} AND sequence > ${after}
            AND sequence <= ${lastSequence} ORDER BY sequence LIMIT ${PAGE}))
        WHERE before < ${PAGE} ORDER BY sequence`,
    },
    async read({ seals }) {
      for (const seal of seals) {
        await check.addSeal(seal, horizon);
        if (check.head.sequence === kept?.sequence && check.head.digest !== kept.digest) {
          check.findings.push(`Seal ${kept.sequence} has another digest than the one you kept.`);
        }
      }
      const { sequence } = check.head;
      if (sequence < lastSequence && sequence > after) {
        return checkSeals(verification);
      }
      if (kept && kept.sequence > sequence) {
        check.findings.push(
          `The chain ends at seal ${sequence}: those up to ${kept.sequence}, which you kept, are gone.`,
        );
      }
      return checkEvents(verification, "");
    },
  });
}

function checkEvents(verification: Verification, lastId: string): Task {
  const { slug, check, lastSealedRow } = verification;
  return step({
    slug,
    statements: {
      events: sql`SELECT rowid AS row, * FROM audit_events
        WHERE ${isOf(slug)} AND id > ${lastId} ORDER BY id LIMIT ${PAGE}`,
    },
    async read({ events }) {
      for (const event of events) {
        await check.addEvent(event, lastSealedRow);
      }
      const last = events.at(-1);
      return last && events.length === PAGE
        ? checkEvents(verification, String(last["id"]))
        : conclude(verification);
    },
  });
}

/** The hourly run may have removed old events meanwhile, and says so in their seals. */
function conclude({ slug, check }: Verification): Task {
  const gaps = JSON.stringify(check.sealsWithGaps);
  return task({
    intent: intentOf(slug),
    readsOnly: true,
    statements: {
      purged: sql`SELECT sequence FROM audit_seals WHERE ${isOf(slug)} AND events IS NULL
        AND sequence IN (SELECT value FROM json_each(${gaps}))`,
    },
    report({ purged }, site) {
      check.endWithout(new Set(purged.map(({ sequence }) => Number(sequence))));
      if (check.findings.length > 0) {
        throw new Problem(
          `The audit log of the tenant ${slug} is not what was sealed.`,
          listOf(check.findings),
        );
      }
      return whole(slug, check, site);
    },
  });
}

function listOf(findings: readonly string[]): string {
  const more = findings.length - MOST_FINDINGS;
  return [
    ...findings.slice(0, MOST_FINDINGS),
    ...(more > 0 ? [`… and ${more} findings more.`] : []),
  ].join("\n");
}

function whole(slug: string, check: ChainCheck, { runs }: Site): string[] {
  const { head, sealedEvents, unsealedEvents, purgedSeals } = check;
  const byHand =
    runs && unsealedEvents > 0
      ? [`On your machine nothing is sealed by itself: ${runs.minute} while the server runs.`]
      : [];
  if (head.sequence === 0) {
    return [
      `Nothing is sealed yet in the tenant ${slug}. Events that are not: ${unsealedEvents}.`,
      ...byHand,
    ];
  }
  return [
    `The audit log of the tenant ${slug} is whole: ${counted(sealedEvents, "event")} under ${counted(head.sequence, "seal")}.`,
    `Not sealed yet: ${counted(unsealedEvents, "event")}. Gone by age: the events of ${counted(purgedSeals, "seal")}.`,
    ...byHand,
    `Keep this elsewhere, and give it to a later run: --head ${head.sequence}:${head.digest}`,
  ];
}

/** Reads some, says nothing, and goes on. */
function step<Name extends string>({
  slug,
  statements,
  read,
}: {
  slug: string;
  statements: Record<Name, Sql>;
  read(answers: Record<Name, readonly Row[]>, site: Site): Promise<Task>;
}): Task {
  let next: () => Promise<Task | null> = async () => null;
  return task({
    intent: intentOf(slug),
    readsOnly: true,
    statements,
    report(answers, site) {
      next = () => read(answers, site);
      return [];
    },
    next: () => next(),
  });
}

const intentOf = (slug: string) => `verify the audit log of the tenant ${slug}`;

function isOf(slug: string): Sql {
  return sql`tenant_id = (SELECT id FROM tenants WHERE slug = ${slug})`;
}
