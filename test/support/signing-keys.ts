import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/index.ts";
import { EVERY_MINUTE } from "../../src/runs/every-minute.ts";

/** What the cron trigger does every hour. */
export function runHourly(bindings = env): Promise<void> {
  return worker.scheduled(createScheduledController(), bindings);
}

/** What it does every minute. */
export function runMinutely(bindings = env): Promise<void> {
  return worker.scheduled(createScheduledController({ cron: EVERY_MINUTE }), bindings);
}

const NEWEST_ACTIVE = `SELECT * FROM signing_keys
  WHERE activates_at <= ?1 AND (withdrawn_at IS NULL OR withdrawn_at >= activates_at)
  ORDER BY number DESC LIMIT 1`;
const NEXT = `(SELECT max(number) FROM signing_keys
  WHERE withdrawn_at IS NULL AND activates_at > ?1
    AND number > coalesce((SELECT number FROM (${NEWEST_ACTIVE})), 0))`;

/** What `npm run admin -- rotate-signing-key` writes, by a test's clock. */
export async function rotateSigningKey(): Promise<void> {
  await env.DB.prepare(
    `UPDATE signing_keys SET activates_at = max(?1 + 120000, created_at + 3600000)
     WHERE number = ${NEXT}
       AND activates_at > max(?1 + 120000, created_at + 3600000)`,
  )
    .bind(Date.now())
    .run();
}

/** What `npm run admin -- retire-signing-key --kid <kid>` writes, by a test's clock. */
export async function retireSigningKey(kid: string): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      "UPDATE signing_keys SET withdrawn_at = ? WHERE kid = ? AND withdrawn_at IS NULL",
    ).bind(Date.now(), kid),
    env.DB.prepare(
      `UPDATE signing_keys SET activates_at = ?1
       WHERE number = ${NEXT}
         AND (SELECT withdrawn_at FROM (${NEWEST_ACTIVE})) IS NOT NULL`,
    ).bind(Date.now()),
  ]);
}
