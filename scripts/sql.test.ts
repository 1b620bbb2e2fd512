import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { test } from "node:test";
import { sql } from "./sql.ts";

const TEXTS = [
  "",
  "O'Brien",
  "''",
  "'; DROP TABLE tenants; --",
  "before\0after",
  "\0'",
  'double " quotes, `ticks`, [brackets] and \\ backslashes',
  "two\r\nlines /* and -- comments",
  "BEGIN TRANSACTION; x COMMIT; y",
  "žluťoučký 🐎",
  "$1 $& ?1 :name @name",
];

for (const text of TEXTS) {
  test(`a value comes back from SQL as it was: ${JSON.stringify(text)}`, () => {
    const { text: statement } = sql`SELECT ${text} AS it, length(CAST(${text} AS BLOB)) AS bytes`;
    const row = new DatabaseSync(":memory:").prepare(statement).get();
    assert.equal(row?.["bytes"], Buffer.byteLength(text));
    assert.equal(row?.["it"], text);
    assert.doesNotMatch(statement, /\0|BEGIN TRANSACTION|COMMIT;/);
  });
}

test("times are milliseconds, true and false are 1 and 0, nothing is NULL", () => {
  const { text } = sql`VALUES (${new Date(5)}, ${true}, ${false}, ${null}, ${-7})`;
  assert.equal(text, "VALUES (5, 1, 0, NULL, (-7))");
});

test("SQL within SQL is kept, and values within it stay escaped", () => {
  const where = sql`WHERE slug = ${"a'b"}`;
  assert.equal(
    sql`SELECT id FROM tenants ${where}`.text,
    "SELECT id FROM tenants WHERE slug = 'a''b'",
  );
});

test("a number below zero begins no comment behind a minus sign", () => {
  const row = new DatabaseSync(":memory:").prepare(sql`SELECT 1 -${-7} AS it`.text).get();
  assert.equal(row?.["it"], 8);
});

test("refuses bytes, of which one alone would pass for a number, and what is no value at all", () => {
  for (const value of [new Uint8Array([5]), new Uint8Array(), [5], {}, undefined, () => 5]) {
    assert.throws(() => sql`SELECT ${value as unknown as string}`, RangeError);
  }
});

test("refuses a number that is none", () => {
  assert.throws(() => sql`SELECT ${Number.NaN}`, RangeError);
  assert.throws(() => sql`SELECT ${new Date("never")}`, RangeError);
});
