import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { AuditEventName } from "../../src/core/audit/audit-events.ts";
import type { EventsWanted } from "../../src/core/audit/audit-log.ts";
import { firstIdOf } from "../../src/storage/d1/first-id-of.ts";
import { startService } from "../support/service.ts";
import { watchStatements } from "../support/watch-statements.ts";

const BEGUN = Date.parse("2026-11-01T12:00:00.000Z");
const MINUTE_MS = 60_000;

const { auditLog } = startService().ports;
const moment = (minute: number) => new Date(BEGUN + minute * MINUTE_MS);
const idOf = (minute: number) => `${firstIdOf(moment(minute))}-7000-8000-000000000000`;

interface Stored {
  tenantId?: string;
  accountId?: string;
  actorId?: string;
  event?: AuditEventName;
}

/** An event a minute, from the first to the last of them. */
async function store(first: number, last: number, stored: Stored = {}): Promise<void> {
  const { tenantId = "t", accountId = "a", actorId = accountId, event = "signed-in" } = stored;
  const minutes = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const rows = JSON.stringify(
    minutes.map((minute) => [idOf(minute), moment(minute).getTime()] as const),
  );
  await env.DB.prepare(
    `INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, address, at)
     SELECT value ->> 0, ?2, ?3, ?4, ?5, '', value ->> 1 FROM json_each(?1)`,
  )
    .bind(rows, tenantId, event, actorId, accountId)
    .run();
}

async function listed(wanted: Partial<EventsWanted> = {}, tenantId = "t") {
  const { events, nextBeforeId } = await auditLog.listOfTenant(tenantId, { most: 10, ...wanted });
  return { minutes: events.map(({ at }) => (at.getTime() - BEGUN) / MINUTE_MS), nextBeforeId };
}

/** Everything that is found, by as many answers as it takes. */
async function through(wanted: Partial<EventsWanted>) {
  const minutes: number[] = [];
  let answers = 0;
  let beforeId: string | null = null;
  do {
    const page = await listed({ ...wanted, beforeId });
    minutes.push(...page.minutes);
    beforeId = page.nextBeforeId;
    answers++;
  } while (beforeId !== null);
  return { minutes, answers };
}

beforeAll(async () => {
  await store(1, 2300);
  await store(2301, 2310, { accountId: "b", actorId: "admin", event: "password-changed" });
  await store(2311, 2312, { tenantId: "other" });
  await store(0, 0, { accountId: "b", event: "key-made" });
});

describe("what happened in a tenant", () => {
  it("goes on after as many as one answer holds at most", async () => {
    const { minutes, nextBeforeId } = await listed({ most: 1000 });

    expect(minutes).toHaveLength(1000);
    expect(nextBeforeId).toBe(idOf(1311));
  });

  it("says nothing of another tenant's account, not even when something happened to it", async () => {
    await store(3000, 4100, { tenantId: "a third", accountId: "theirs" });

    expect(await listed({ accountId: "theirs", event: "key-made" })).toEqual({
      minutes: [],
      nextBeforeId: null,
    });
  });

  it("is listed with the newest first, and nothing of another tenant", async () => {
    expect(await listed({ most: 3 })).toEqual({
      minutes: [2310, 2309, 2308],
      nextBeforeId: idOf(2308),
    });
    expect(await listed({ most: 3, beforeId: idOf(2308) })).toEqual({
      minutes: [2307, 2306, 2305],
      nextBeforeId: idOf(2305),
    });
    expect(await listed({}, "other")).toEqual({ minutes: [2312, 2311], nextBeforeId: null });
    expect(await listed({}, "nobody's")).toEqual({ minutes: [], nextBeforeId: null });
  });

  it("is listed of an account, and of none that another tenant has", async () => {
    expect(await listed({ accountId: "b" })).toEqual({
      minutes: [2310, 2309, 2308, 2307, 2306, 2305, 2304, 2303, 2302, 2301],
      nextBeforeId: idOf(2301),
    });
    expect(await listed({ accountId: "b", beforeId: idOf(2301) })).toEqual({
      minutes: [0],
      nextBeforeId: null,
    });
    expect(await listed({ accountId: "b" }, "other")).toEqual({ minutes: [], nextBeforeId: null });
  });

  it("is listed of a stretch of time, its first moment with it and its last without", async () => {
    const [since, until] = [moment(5), moment(8)];

    expect((await listed({ since, until })).minutes).toEqual([7, 6, 5]);
    expect((await listed({ since, until, beforeId: idOf(7) })).minutes).toEqual([6, 5]);
    expect((await listed({ since, until, beforeId: idOf(100) })).minutes).toEqual([7, 6, 5]);
  });

  it.each([
    ["event", { event: "key-made" }, [0], 3],
    [
      "actor",
      { actorId: "admin" },
      [2310, 2309, 2308, 2307, 2306, 2305, 2304, 2303, 2302, 2301],
      3,
    ],
    ["event, where there is none", { event: "passkey-added" }, [], 3],
    [
      "event, where the others are hidden",
      { hidden: ["signed-in"] },
      [2310, 2309, 2308, 2307, 2306, 2305, 2304, 2303, 2302, 2301, 0],
      3,
    ],
  ] as const)(
    "is gone through to its end for what is rare, a thousand at a time: an %s",
    async (_, wanted, minutes, answers) => {
      expect(await through(wanted)).toEqual({ minutes, answers });
    },
  );

  it("costs no more for what is rare than a thousand rows, twice", async () => {
    const { statements } = await watchStatements(() => listed({ event: "passkey-added" }));

    expect(statements.reduce((sum, { rowsRead }) => sum + rowsRead, 0)).toBeLessThanOrEqual(6000);
  });
});
