import { env } from "cloudflare:workers";

/** How SQLite would do a statement of the database: its plan, a step a line. */
export async function planOf(statement: string): Promise<string[]> {
  const nulls = Array.from(statement.matchAll(/\?/g), () => null);
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
    .bind(...nulls)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
