import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { after, test } from "node:test";
import { eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { tenants } from "../../src/storage/d1/schema.ts";
import { schemaInMemory } from "../test-support/schema-in-memory.ts";
import { executeSql } from "./execute-sql.ts";
import { storageOn } from "./storage-on.ts";
import type { WorkDatabase } from "./work.ts";

const folder = mkdtempSync(join(tmpdir(), "storage-on-"));
after(() => rmSync(folder, { recursive: true }));

const inMemory = schemaInMemory();
const close = async () => {};
const onMemory = storageOn({ execute: async (all) => inMemory.run(all), close });

/** By wrangler, as at Cloudflare. */
const byWrangler: WorkDatabase = {
  execute: (all) =>
    executeSql(all, { remote: false, persistTo: folder }, new AbortController().signal),
  close,
};

const VALUES: readonly SQLInputValue[] = [
  ...["", "O'Brien", "''", "'", "\\", "\\'", "'; DROP TABLE tenants; --", "--", "/*", "*/", ";"],
  ...["?", "??", "?1", "'?'", "is it? 'yes'? no", ":name @name $name $1 $& $' $` $$", "%s {x}"],
  ...["\0", "before\0after", "\0'", "\u0001\u001f\u007f\u0085", "two\r\nlines\ttabs"],
  ...['"', "`", "[", "]", '"double" `ticks` [brackets]', '{"json": "it\'s \\u0000"}'],
  ...[
    "BEGIN TRANSACTION; x COMMIT; y",
    "COMMIT;",
    "CREATE TRIGGER t BEGIN",
    "CASE x END",
    "explain",
  ],
  ...[
    "žluťoučký 🐎",
    "\u2028\u2029",
    "\ufeffbom",
    "e\u0301",
    "\u202eabc",
    "👩‍👩‍👧",
    "\ud7ff\ue000\uffff",
  ],
  ...["0", "007", "1e3", "0x1f", "NULL", "null", "true", "X'41'", " 5 ", "-5", "x".repeat(50_000)],
  ...[0, 1, -1, -7, 42, 1_790_000_000_000, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  null,
];

/** What SQLite makes of a value that is bound to it; of a number what a column of whole numbers makes of it. */
function bound(given: SQLInputValue) {
  const value = typeof given === "number" ? BigInt(given) : given;
  const statement = "SELECT ? AS it, typeof(?) AS type, hex(?) AS hex, 0 - ? AS less";
  const row = new DatabaseSync(":memory:").prepare(statement).get(value, value, value, value);
  return Object.values(row ?? {});
}

test("what is written into statements of the storage is to wrangler what is bound to them in a Worker", async () => {
  const lists = VALUES.map((value) =>
    onMemory
      .select({
        ...{ it: sql`${value}`, type: sql`typeof(${value})`, hex: sql`hex(${value})` },
        less: sql`0 -${value}`,
      })
      .from(sql`(SELECT 1)`),
  );
  for (const [index, list] of lists.entries()) {
    const [row = {}] = await list;
    assert.deepEqual(Object.values(row), bound(VALUES[index] ?? null));
  }

  const storage = storageOn(byWrangler);
  const [first, ...more] = VALUES.map((value) =>
    storage.select({ it: sql`hex(${value})` }).from(sql`(SELECT 1)`),
  );
  assert.ok(first);
  const answers = await storage.batch([first, ...more]);
  assert.deepEqual(
    answers.map(([row]) => row?.it),
    VALUES.map((value) => bound(value)[2]),
  );
});

test("what cannot be written as it is, is refused before anything runs", async () => {
  const executed: unknown[] = [];
  const nowhere = storageOn({
    async execute(all) {
      executed.push(all);
      return [];
    },
    close,
  });
  for (const value of [
    1.5,
    Number.NaN,
    2 ** 53,
    new Uint8Array([5]),
    new ArrayBuffer(1),
    [5],
    {},
  ]) {
    await assert.rejects(
      nowhere
        .select()
        .from(tenants)
        .where(sql`slug = ${sql.param(value)}`),
    );
  }
  for (const [text, ...values] of [
    ["name = ? AND slug = '?'", "x"],
    ["name = ?1", "x"],
    ["name IN (?, ?2)", "x", "y"],
  ]) {
    const statement = nowhere.$client.prepare(`SELECT * FROM tenants WHERE ${text}`);
    await assert.rejects(() => statement.bind(...values).raw(), RangeError);
  }
  assert.deepEqual(executed, []);
});

test("columns of the same name are told apart", async () => {
  inMemory.rows(`INSERT INTO tenants (id, slug, name, self_registration, created_at)
    VALUES ('a', 'acme', 'Acme', 0, 5)`);
  const other = alias(tenants, "other");
  const [row] = await onMemory
    .select({
      slug: tenants.slug,
      otherSlug: other.slug,
      name: tenants.name,
      otherName: other.name,
    })
    .from(tenants)
    .innerJoin(other, eq(other.slug, "acme"))
    .where(eq(tenants.slug, "default"));
  assert.deepEqual([row?.slug, row?.otherSlug, row?.otherName], ["default", "acme", "Acme"]);
});
