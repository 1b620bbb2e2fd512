import { env } from "cloudflare:workers";
import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { openDatabase } from "../../src/storage/d1/database.ts";
import { namedBatch } from "../../src/storage/d1/named-batch.ts";
import { marks } from "../../src/storage/d1/schema.ts";

const db = openDatabase(env.DB);
const set = (name: string, mark: string) =>
  db
    .insert(marks)
    .values({ name, mark, at: new Date(0) })
    .returning({ mark: marks.mark });
const read = (name: string) =>
  db.select({ mark: marks.mark }).from(marks).where(eq(marks.name, name));

it("gives what each statement gave by its name, and of several a list", async () => {
  const given = await namedBatch(db, {
    before: read("otter"),
    both: [set("otter", "first"), set("beaver", "second")],
    none: [],
    after: read("otter"),
  });

  expect(given).toEqual({
    before: [],
    both: [[{ mark: "first" }], [{ mark: "second" }]],
    none: [],
    after: [{ mark: "first" }],
  });
});

it("does all or nothing", async () => {
  const failing = namedBatch(db, {
    made: set("heron", "first"),
    failing: db.select({ wrong: sql`json('no json')` }).from(marks),
  });

  await expect(failing).rejects.toThrow();
  expect(await read("heron")).toEqual([]);
});
