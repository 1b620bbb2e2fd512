import { describe, expect, it } from "vitest";
import {
  beginWithoutKeys,
  currentKid,
  DAY,
  isolate,
  kidsOf,
  LONGEST_TOKEN_DAYS,
  pass,
  signed,
  store,
  verifies,
} from "./isolates.ts";

beginWithoutKeys();

describe("rotation", () => {
  it("makes nothing where there is no key yet", async () => {
    await isolate().rotate();
    expect(await store.list()).toEqual([]);
  });

  it("makes the next key as soon as there is none, to sign 30 days after the one before", async () => {
    const [first] = await kidsOf(isolate());
    await isolate().rotate();
    const [next, ...others] = await kidsOf(isolate());
    expect(others).toEqual([first]);
    for (let day = 0; day < 30; day++) {
      expect(await currentKid(isolate())).toBe(first);
      await isolate().rotate();
      expect(await kidsOf(isolate())).toEqual([next, first]);
      pass(DAY);
    }
    expect(await currentKid(isolate())).toBe(next);
  });

  /** The first key and its successor, a day before that signs. */
  async function withNext() {
    const first = await signed(isolate());
    await isolate().rotate();
    const next = (await kidsOf(isolate())).find((kid) => kid !== first.kid);
    pass(29 * DAY);
    return { first, next };
  }

  it("KEY-02: publishes the next key before it signs; until then the current one goes on", async () => {
    const { first, next } = await withNext();
    expect(await kidsOf(isolate())).toEqual([next, first.kid]);
    expect(await currentKid(isolate())).toBe(first.kid);
    expect(await isolate().find(String(next))).not.toBeNull();

    pass(DAY - 1);
    expect(await currentKid(isolate())).toBe(first.kid);
    pass(1);
    expect(await currentKid(isolate())).toBe(next);
  });

  it("the next key signs by the hour it was given, also where it was read long before", async () => {
    const { first, next } = await withNext();
    const keys = isolate();
    pass(DAY - 1);
    expect(await currentKid(keys)).toBe(first.kid);
    pass(1);
    expect(await currentKid(keys)).toBe(next);
  });

  it("KEY-02: what the old key signed still verifies past the life of the longest token", async () => {
    const { next } = await withNext();
    pass(DAY - 1);
    const last = await signed(isolate());
    pass(1);
    for (let day = 0; day <= LONGEST_TOKEN_DAYS; day++) {
      await isolate().rotate();
      expect(await verifies(last, isolate())).toBe(true);
      pass(DAY);
    }
    pass(1);
    await isolate().rotate();
    expect(await isolate().find(last.kid)).toBeNull();
    expect(await kidsOf(isolate())).toContain(next);
  });

  it("makes one next key, and not another while that waits for its day", async () => {
    await withNext();
    for (let hour = 0; hour < 23; hour++) {
      pass(3600);
      await isolate().rotate();
    }
    expect(await store.list()).toHaveLength(2);
  });

  it.each([2, 10])("%d schedulers at once make one next key", async (count) => {
    await isolate().current();
    await Promise.all(Array.from({ length: count }, () => isolate().rotate()));
    expect((await store.list()).map(({ number }) => number)).toEqual([2, 1]);
    expect(await kidsOf(isolate())).toHaveLength(2);
  });

  it("goes on for a hundred days without a token that another isolate cannot verify", async () => {
    const rotating = isolate();
    const signing = isolate();
    const verifying = isolate();
    const used = new Set<string>();
    for (let day = 0; day < 100; day++) {
      await rotating.rotate();
      const token = await signed(signing);
      used.add(token.kid);
      expect(await verifies(token, verifying)).toBe(true);
      pass(DAY);
    }
    expect(used.size).toBe(4);
    expect((await store.list()).length).toBeLessThanOrEqual(5);
  });

  it("publishes a key for a day before it signs, however late the scheduler comes", async () => {
    const first = await signed(isolate());
    pass(400 * DAY);
    await isolate().rotate();
    const [next] = await kidsOf(isolate());
    pass(DAY - 1);
    expect(await currentKid(isolate())).toBe(first.kid);
    pass(1);
    expect(await currentKid(isolate())).toBe(next);
  });

  it("removes nothing but what has a successor, however late it comes", async () => {
    const first = await signed(isolate());
    pass(400 * DAY);
    await isolate().rotate();
    expect(await currentKid(isolate())).toBe(first.kid);
    expect(await verifies(first, isolate())).toBe(true);
  });
});
