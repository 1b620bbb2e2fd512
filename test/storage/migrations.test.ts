import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

/** Whose migrations were applied is written down by the one way alone. */
const BOOKS = "d1_migrations";

async function database() {
  const { results: parts } = await env.DB.prepare(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE ? AND name NOT LIKE '\\_cf\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name",
  )
    .bind(BOOKS)
    .all<{ type: string; name: string }>();
  const rows: Record<string, unknown> = {};
  for (const { name } of parts.filter(({ type }) => type === "table")) {
    rows[name] = (await env.DB.prepare(`SELECT * FROM "${name}"`).all()).results;
  }
  return { parts, rows };
}

it("tests begin with the database that the migrations make one by one, as they do in production", async () => {
  const prepared = await database();
  await reset();

  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);

  expect(prepared.parts.length).toBeGreaterThan(20);
  expect(prepared).toEqual(await database());
});
