import { env } from "cloudflare:workers";
import { beforeEach, expect, it } from "vitest";
import { firstIdOf } from "../../src/storage/d1/first-id-of.ts";
import { startService } from "../support/service.ts";
import { watchStatements } from "../support/watch-statements.ts";

const DAY_MS = 86_400_000;
const LONG_AGO = Date.now() - 90 * DAY_MS;

beforeEach(async () => {
  await env.DB.batch([env.DB.prepare("DELETE FROM sessions"), env.DB.prepare("DELETE FROM marks")]);
});

/** Sessions that were opened long ago. */
async function store(count: number, expiresAt: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
     INSERT INTO sessions (id, tenant_id, account_id, contract, created_at, expires_at, ends_at)
     SELECT ?2 || printf('-7000-8000-%012x', i), 't', 'a' || i, 'planasonix', ?3, ?4, ?4 FROM n`,
  )
    .bind(count, firstIdOf(new Date(LONG_AGO)), LONG_AGO, expiresAt)
    .run();
}

async function cost(): Promise<{ rowsRead: number; rowsWritten: number }> {
  const { removeExpired } = startService();
  const { statements } = await watchStatements(removeExpired);
  return {
    rowsRead: statements.reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    rowsWritten: statements.reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
  };
}

it.each([
  ["has expired", LONG_AGO + DAY_MS],
  ["lives on", Date.now() + DAY_MS],
])(
  "an hour's clean-up costs no more behind any number of sessions: what %s",
  async (_, expiresAt) => {
    await store(30_000, expiresAt);
    const { rowsRead, rowsWritten } = await cost();
    expect(rowsRead).toBeGreaterThan(25_000);

    await env.DB.exec("DELETE FROM sessions; DELETE FROM marks");
    await store(90_000, expiresAt);
    expect(await cost()).toEqual({ rowsRead, rowsWritten });
  },
);
