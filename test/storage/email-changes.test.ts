import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { purgeExpiredEmailChanges } from "../../src/storage/d1/expired-email-changes.ts";

const DAY_MS = 86_400_000;
const NOW = new Date("2026-11-01T12:00:00.000Z");
const db = openDatabase(env.DB);

async function store(count: number, requestedAt: number, changedAt: number | null): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO email_changes (id, tenant_id, account_id, from_email, to_email, requested_at, changed_at)
     SELECT hex(randomblob(16)), 't', 'a', 'from', 'to', ?1, ?2
     FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?3) SELECT i FROM n)`,
  )
    .bind(requestedAt, changedAt, count)
    .run();
}

it("the clean-up removes changes and requests that are three days old, in bounded batches", async () => {
  const threeDaysAgo = NOW.getTime() - 3 * DAY_MS;
  await store(1_100, threeDaysAgo - 1, null);
  await store(10, threeDaysAgo - 3_600_000, threeDaysAgo - 1);
  await store(2, threeDaysAgo - 1, threeDaysAgo);
  await store(3, threeDaysAgo, null);

  expect(await purgeExpiredEmailChanges(db, NOW)).toBe(1_110);
  expect(await purgeExpiredEmailChanges(db, NOW)).toBe(0);

  await store(5_500, threeDaysAgo - 1, null);
  expect(await purgeExpiredEmailChanges(db, NOW)).toBe(5_000);
  expect(await purgeExpiredEmailChanges(db, NOW)).toBe(500);
});
