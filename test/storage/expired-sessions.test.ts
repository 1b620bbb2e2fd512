import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import worker from "../../src/index.ts";
import { signedIn } from "../support/people.ts";
import { startService } from "../support/service.ts";

const DAY_MS = 86_400_000;

describe("the scheduled clean-up", () => {
  it("removes sessions that expired over a week ago, and no others", async () => {
    const service = startService();
    const { refreshToken } = await signedIn(service);
    await storeSessions(1_200, { ageDays: 60, expiredDays: 8 });
    await storeSessions(3, { ageDays: 60, expiredDays: 6 });
    await storeSessions(2, { ageDays: 60, expiredDays: -1 });

    await worker.scheduled(createScheduledController(), env);

    expect(await countSessions()).toBe(1 + 3 + 2);
    const refreshed = await service.ask("/api/auth/refresh", { body: { refreshToken } });
    expect(refreshed.status).toBe(200);
  });

  it("finds them by the primary key instead of reading every row", async () => {
    const plan = await env.DB.prepare(
      "EXPLAIN QUERY PLAN SELECT id FROM sessions WHERE id < ? AND expires_at < ? LIMIT 500",
    )
      .bind("0", 0)
      .all<{ detail: string }>();

    expect(plan.results.map(({ detail }) => detail)).toEqual([
      "SEARCH sessions USING INDEX sqlite_autoindex_sessions_1 (id<?)",
    ]);
  });
});

/** Rows as they would be left behind, with ids of their age. */
async function storeSessions(
  count: number,
  { ageDays, expiredDays }: { ageDays: number; expiredDays: number },
): Promise<void> {
  const createdAt = Date.now() - ageDays * DAY_MS;
  const prefix = createdAt.toString(16).padStart(12, "0");
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO sessions (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
     SELECT ?2 || '-' || ?3 || '-7' || substr(hex(randomblob(2)), 2) || '-' || lower(hex(randomblob(8))),
       't', 'a', 'planasonix', ?4, ?5, ?5 FROM n`,
  )
    .bind(count, prefix.slice(0, 8), prefix.slice(8), createdAt, Date.now() - expiredDays * DAY_MS)
    .run();
}

async function countSessions(): Promise<number> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM sessions").first<{ n: number }>();
  return row?.n ?? 0;
}
