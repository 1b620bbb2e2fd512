import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Problem } from "../problem.ts";
import { SITE } from "../test-support/commands-on.ts";
import { type MemoryDatabase, schemaInMemory } from "../test-support/schema-in-memory.ts";
import { auditExport } from "./audit-export.ts";
import type { Task } from "./task.ts";

const BEGUN = Date.parse("2026-11-01T12:00:00Z");
const MINUTE_MS = 60_000;

let database: MemoryDatabase;

/** One a minute. */
function happened(count: number): void {
  database.rows(`WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count}),
      timed AS (SELECT i, ${BEGUN} + i * ${MINUTE_MS} AS at FROM n)
    INSERT INTO audit_events (id, tenant_id, event, actor_id, account_id, session_id, address, at)
    SELECT substr(printf('%012x', at), 1, 8) || '-' || substr(printf('%012x', at), 9) || '-7',
      (SELECT id FROM tenants), 'password-refused', '', 'a', 's' || i, '198.18.0.1', at FROM timed`);
}

async function exported(...args: string[]): Promise<{ lines: string[]; tasks: number }> {
  const lines: string[] = [];
  let tasks = 0;
  let task: Task | null = auditExport.read("audit export", args)?.task ?? null;
  while (task) {
    tasks++;
    lines.push(...task.report(database.run(task.statements), SITE));
    task = (await task.next?.()) ?? null;
  }
  return { lines, tasks };
}

const sessionsIn = (lines: readonly string[]) => lines.map((line) => JSON.parse(line).session);

beforeEach(() => {
  database = schemaInMemory();
});

test("audit export writes an event a line, with every field it has", async () => {
  happened(1);
  const { lines } = await exported();
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [
      {
        id: database.rows("SELECT id FROM audit_events")[0]?.["id"],
        at: "2026-11-01T12:00:00.000Z",
        event: "password-refused",
        outcome: "refused",
        tenant: "00000000-0000-7000-8000-000000000000",
        actor: null,
        account: "a",
        session: "s0",
        client: null,
        subject: null,
        address: "198.18.0.1",
        city: null,
        country: null,
        user_agent: null,
      },
    ],
  );
});

test("audit export goes on until all is told, each event once", async () => {
  happened(10_001);
  const { lines, tasks } = await exported();
  assert.equal(tasks, 3);
  assert.equal(new Set(lines).size, 10_001);
  assert.deepEqual(sessionsIn(lines.slice(-1)), ["s10000"]);
});

test("audit export keeps to a stretch of time, its first moment with it and its last without", async () => {
  happened(5000);
  const stretch = ["--since", "2026-11-03T12:00:00Z", "--until", "2026-11-03T12:02:00Z"] as const;
  assert.deepEqual(sessionsIn((await exported(...stretch)).lines), ["s2880", "s2881"]);
  assert.equal((await exported("--since", "2026-11-04")).lines.length, 5000 - 3600);
});

test("audit export refuses what is no time, and a tenant that is not there", async () => {
  await refused(/"yesterday" is not a time/, "--since", "yesterday");
  await refused(/no tenant with the slug "none"/, "--tenant", "none");
});

async function refused(expected: RegExp, ...args: string[]): Promise<void> {
  await assert.rejects(
    () => exported(...args),
    (error) => error instanceof Problem && expected.test(error.message),
  );
}
