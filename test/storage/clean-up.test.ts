import { env } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ASSUMED } from "../../bench/cost/scaling.ts";
import { sha256Hex } from "../../src/bytes/sha-256-hex.ts";
import { sealEvents } from "../../src/core/audit/seal-events.ts";
import { d1AuditSeals } from "../../src/storage/d1/audit-seals.ts";
import { type Expired, expiredChores } from "../../src/storage/d1/chores.ts";
import { type Chore, cleanUp } from "../../src/storage/d1/clean-up.ts";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { MOST_EVENTS } from "../../src/storage/d1/purge-events.ts";
import { accounts, passwords } from "../../src/storage/d1/schema.ts";
import { countCalls } from "../support/count-calls.ts";
import { logLines } from "../support/log-lines.ts";
import { signedIn } from "../support/people.ts";
import { MAKE_REMOVABLE } from "../support/removable-events.ts";
import { startService } from "../support/service.ts";
import { runHourly } from "../support/signing-keys.ts";
import { tableScans } from "../support/table-scans.ts";
import { newTenant } from "../support/tenants.ts";

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 400;
const NOW = new Date("2026-11-01T12:00:00.000Z");
const TABLES = {
  sessions: "sessions",
  addressProofs: "address_proofs",
  emailChanges: "email_changes",
  keys: "keys",
  revocations: "revoked_tokens",
  suppressedAddresses: "suppressed_addresses",
  auditEvents: "audit_events",
} satisfies Record<Exclude<Expired, "dearestHashes">, string>;

const db = openDatabase(env.DB);
const run = (now = NOW) => cleanUp(expiredChores(db, now, RETENTION_DAYS));
const daysAgo = (days: number) => NOW.getTime() - days * DAY_MS;
const EMPTY = Object.fromEntries(Object.keys(TABLES).map((kind) => [kind, 0]));
const NONE: Record<string, number> = { ...EMPTY, dearestHashes: 0 };

beforeEach(async () => {
  for (const statement of MAKE_REMOVABLE) {
    await env.DB.exec(statement);
  }
  for (const table of [...Object.values(TABLES), "audit_seals", "marks"]) {
    await env.DB.exec(`DELETE FROM ${table}`);
  }
});

const counts = async (): Promise<Record<string, number>> => {
  const left = Object.entries(TABLES).map(async ([kind, table]) => {
    const row = await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>();
    return [kind, row?.n];
  });
  return Object.fromEntries(await Promise.all(left));
};

/** Inserts rows, in which `id` stands for an id of that age and `i` for a number. */
async function store(count: number, madeAt: number, insert: string): Promise<void> {
  const hex = madeAt.toString(16).padStart(12, "0");
  const id = `'${hex.slice(0, 8)}-${hex.slice(8)}-7' || substr(hex(randomblob(2)), 2) || '-' || lower(hex(randomblob(8)))`;
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
     INSERT INTO ${insert.replaceAll(":id", id)} FROM n`,
  ).run();
}

function sessions(count: number, madeAt: number, end: { expires: number; revoked?: number }) {
  return store(
    count,
    madeAt,
    `sessions (id, tenant_id, account_id, contract, created_at, expires_at, ends_at, revoked_at)
     SELECT :id, 't', 'a', 'planasonix', ${madeAt}, ${end.expires}, ${end.expires}, ${end.revoked ?? "NULL"}`,
  );
}

const proofs = (count: number, linkedAt: number) =>
  store(
    count,
    linkedAt,
    `address_proofs (tenant_id, email, link_number, linked_at)
     SELECT 't', i || '-${linkedAt}@example.test', 1, ${linkedAt}`,
  );

const emailChanges = (count: number, requestedAt: number, changedAt: number | null = null) =>
  store(
    count,
    requestedAt,
    `email_changes (id, tenant_id, account_id, from_email, to_email, requested_at, changed_at)
     SELECT :id, 't', 'a', 'from', 'to', ${requestedAt}, ${changedAt}`,
  );

const keys = (count: number, expiresAt: number | null) =>
  store(
    count,
    daysAgo(500),
    `keys (id, tenant_id, account_id, kind, name, prefix, hash, scopes, created_at, expires_at)
     SELECT :id, 't', 'a', 'api', 'n', 'p', hex(randomblob(16)), '[]', 1, ${expiresAt}`,
  );

const revocations = (count: number, expiresAt: number) =>
  store(
    count,
    daysAgo(1),
    `revoked_tokens (jti, expires_at) SELECT hex(randomblob(16)), ${expiresAt}`,
  );

const suppressedAddresses = (count: number, until: number) =>
  store(
    count,
    daysAgo(20),
    `suppressed_addresses (tenant_id, email, reason, detail, at, until)
     SELECT 't', i || '-${until}@example.test', 'bounced', '', 1, ${until}`,
  );

const auditEvents = (count: number, at: number) =>
  store(
    count,
    at,
    `audit_events (id, tenant_id, event, actor_id, account_id, address, at)
     SELECT :id, 't', 'signed-in', 'a', 'a', '', ${at}`,
  );

/** What the minute's run did a day ago, or at that time. */
async function seal(at = daysAgo(1)): Promise<void> {
  const sealing = {
    auditSeals: d1AuditSeals(db),
    sha256: sha256Hex,
    clock: { now: () => new Date(at) },
  };
  while ((await sealEvents(sealing)).hasMore) {}
}

describe("REL-08: the hourly clean-up", () => {
  it("leaves nothing of 10,000 expired sessions", async () => {
    await sessions(9_000, daysAgo(60), { expires: daysAgo(8) });
    await sessions(1_000, daysAgo(60), { expires: daysAgo(-9), revoked: daysAgo(8) });

    expect(await run()).toEqual({ removed: { ...NONE, sessions: 10_000 }, hasMore: false });
    expect(await counts()).toEqual(EMPTY);
  });

  it("removes of each kind what is past its time, and nothing that is not", async () => {
    await sessions(1, daysAgo(60), { expires: daysAgo(7) - 1 });
    await sessions(2, daysAgo(60), { expires: daysAgo(7) });
    await sessions(2, daysAgo(60), { expires: daysAgo(-1), revoked: daysAgo(6) });
    await sessions(2, daysAgo(1), { expires: daysAgo(-1) });
    await proofs(1, daysAgo(2) - 1);
    await proofs(2, daysAgo(2));
    await emailChanges(1, daysAgo(3) - 1);
    await emailChanges(1, daysAgo(3) - 2, daysAgo(3) - 1);
    await emailChanges(2, daysAgo(3) - 1, daysAgo(3));
    await emailChanges(2, daysAgo(3));
    await keys(1, daysAgo(90) - 1);
    await keys(2, daysAgo(90));
    await keys(2, null);
    await revocations(1, NOW.getTime() - 60_001);
    await revocations(2, NOW.getTime() - 60_000);
    await suppressedAddresses(1, daysAgo(14) - 1);
    await suppressedAddresses(2, daysAgo(14));
    await auditEvents(1, daysAgo(RETENTION_DAYS) - 1);
    await seal();
    await auditEvents(1, daysAgo(RETENTION_DAYS) - 1);
    await auditEvents(1, daysAgo(RETENTION_DAYS));
    await seal();
    await auditEvents(1, daysAgo(RETENTION_DAYS) - 1);
    await seal(daysAgo(0));

    const one = { ...NONE, sessions: 1, addressProofs: 1, keys: 1, revocations: 1, auditEvents: 1 };
    const removed = { ...one, suppressedAddresses: 1, emailChanges: 2 };
    expect(await run()).toEqual({ removed, hasMore: false });
    const left = { sessions: 6, addressProofs: 2, emailChanges: 4, keys: 4, revocations: 2 };
    // By whole seals, and none of the newest.
    expect(await counts()).toEqual({ ...left, suppressedAddresses: 2, auditEvents: 3 });
    expect(await run()).toEqual({ removed: NONE, hasMore: false });
  });

  it("REL-09: is bounded, and goes on at the next hour until nothing is left of anything", async () => {
    await sessions(30_000, daysAgo(60), { expires: daysAgo(8) });
    await proofs(6_000, daysAgo(3));
    await auditEvents(15_000, daysAgo(500));
    await seal();
    await auditEvents(1, daysAgo(0));
    await seal(daysAgo(0));

    const runs: Awaited<ReturnType<typeof run>>[] = [];
    const calls = await countCalls(async () => {
      runs.push(await run());
    });
    expect(calls.d1).toBeLessThanOrEqual(36);
    expect(runs[0]?.hasMore).toBe(true);
    // None has waited for another to end.
    const { removed } = runs[0] ?? { removed: NONE };
    expect([removed.sessions, removed.addressProofs, removed.auditEvents]).not.toContain(0);

    while (runs.at(-1)?.hasMore && runs.length < 10) {
      runs.push(await run());
    }
    expect(await counts()).toEqual({ ...EMPTY, auditEvents: 1 });
    const sum = runs.reduce((total, { removed: { sessions: count = 0 } }) => total + count, 0);
    expect(sum).toBe(30_000);
  });

  it("gets to what has expired behind any number of sessions that live for ever", async () => {
    await sessions(30_000, daysAgo(90), { expires: daysAgo(-1_000) });
    await sessions(10, daysAgo(60), { expires: daysAgo(8) });

    expect(await run()).toEqual({ removed: NONE, hasMore: true });
    expect(await run()).toEqual({ removed: { ...NONE, sessions: 10 }, hasMore: false });
    // And begins again with the oldest.
    await sessions(5, daysAgo(100), { expires: daysAgo(8) });
    expect((await run()).removed.sessions).toBe(5);
    expect(await counts()).toEqual({ ...EMPTY, sessions: 30_000 });
  });

  it("reads through no table: an index serves each of its statements", async () => {
    const { scans, statements } = await tableScans(() => run());
    expect(statements).toBe(10);
    expect(scans).toEqual([]);
  });

  it("leaves who is signed in signed in, and says in the log what went", async () => {
    const service = startService();
    const { refreshToken } = await signedIn(service);
    const now = Date.now();
    await sessions(3, now - 60 * DAY_MS, { expires: now - 8 * DAY_MS });
    const log = logLines();

    await runHourly();

    expect(log.parsed()).toEqual([
      { level: "info", moved_to_current_secret: 0, more_to_move: false },
      { level: "info", purged: { ...NONE, sessions: 3 }, more_to_purge: false },
    ]);
    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
  });
});

describe("what a tenant's dearest foreign hash costs", () => {
  const OWN = "$pbkdf2-sha256-chain$i=600000,k=00000000$salt$hash";
  const FOREIGN = "f522a9d1.sealed";

  /** A tenant that imported a dear hash, and its accounts by what they have for a password now. */
  async function tenantWith(...hashes: readonly (string | null)[]): Promise<string> {
    const { tenantId } = await newTenant();
    await env.DB.prepare("UPDATE tenants SET dearest_hash = 614400 WHERE id = ?")
      .bind(tenantId)
      .run();
    for (const hash of hashes) {
      const id = crypto.randomUUID();
      await db
        .insert(accounts)
        .values({ id, tenantId, email: `${id}@example.test`, createdAt: NOW });
      await db.insert(passwords).values({ accountId: id, hash, changedAt: NOW });
    }
    return tenantId;
  }
  const dearest = (tenantId: string) =>
    env.DB.prepare("SELECT dearest_hash FROM tenants WHERE id = ?")
      .bind(tenantId)
      .first<number | null>("dearest_hash");

  it("is forgotten with its last foreign hash, whatever other tenants have", async () => {
    const without = await tenantWith(OWN, null);
    const withOne = await tenantWith(OWN, FOREIGN, null);

    expect((await run()).removed).toEqual({ ...NONE, dearestHashes: 1 });
    expect(await dearest(without)).toBeNull();
    expect(await dearest(withOne)).toBe(614_400);

    await db.update(passwords).set({ hash: OWN }).where(eq(passwords.hash, FOREIGN));
    expect((await run()).removed).toEqual({ ...NONE, dearestHashes: 1 });
    expect(await dearest(withOne)).toBeNull();
    expect((await run()).removed).toEqual(NONE);
  });
});

describe("REL-08: a chore of the hour that fails", () => {
  const moved = { level: "info", moved_to_current_secret: 0, more_to_move: false };
  const purged = { level: "info", purged: { ...NONE, sessions: 3 }, more_to_purge: false };
  const failed = (chore: string) => ({ level: "error", chore, error: expect.any(Object) });

  it.each([
    {
      chore: "rotate_signing_keys",
      table: "signing_keys",
      variables: {},
      // Those that no secret opens are counted there too.
      lines: [failed("rotate_signing_keys"), moved, failed("move_to_current_secret"), purged],
    },
    {
      chore: "move_to_current_secret",
      table: "recovery_codes",
      variables: { AUTH_SECRET_PREVIOUS: "a-master-secret-that-was-before-this-one" },
      lines: [failed("move_to_current_secret"), purged],
    },
    { chore: "purge", table: "revoked_tokens", variables: {}, lines: [moved, failed("purge")] },
  ])(
    "is named in the log, holds up no other, and fails the run: $chore",
    async ({ chore, table, variables, lines }) => {
      await sessions(3, Date.now() - 60 * DAY_MS, { expires: Date.now() - 8 * DAY_MS });
      await env.DB.exec(`ALTER TABLE ${table} RENAME TO ${table}_away`);
      onTestFinished(async () => {
        await env.DB.exec(`ALTER TABLE ${table}_away RENAME TO ${table}`);
      });
      const log = logLines();
      await expect(runHourly({ ...env, ...variables })).rejects.toThrow(`chores failed: ${chore}`);
      expect(log.parsed()).toEqual(lines);
    },
  );
});

describe("chores that are done in turns", () => {
  /** One that takes so many steps, each of which removes one. */
  const chore = (steps: number, queries = 1): Chore => {
    let left = steps;
    return {
      queries,
      async step() {
        left--;
        return { removed: 1, hasMore: left > 0 };
      },
    };
  };

  it("end when all are through, or when as many queries were made as a run may make", async () => {
    expect(await cleanUp({ a: chore(30), b: chore(1), c: chore(1, 3) })).toEqual({
      removed: { a: 30, b: 1, c: 1 },
      hasMore: false,
    });
    expect(await cleanUp({ a: chore(100), b: chore(100, 3) })).toEqual({
      removed: { a: 9, b: 8 },
      hasMore: true,
    });
  });
});

it("removes so many events in an hour that removes ended sessions as docs/scaling.md reckons with", async () => {
  const chores = Object.entries(expiredChores(db, NOW, RETENTION_DAYS)).map(
    ([kind, { queries }]) => {
      const hasMore = kind === "sessions" || kind === "auditEvents";
      return [kind, { queries, step: async () => ({ removed: MOST_EVENTS, hasMore }) }];
    },
  );
  const { removed } = await cleanUp<string>(Object.fromEntries(chores));
  expect(removed["auditEvents"]).toBe(ASSUMED.eventsCleanedAnHour);
});
