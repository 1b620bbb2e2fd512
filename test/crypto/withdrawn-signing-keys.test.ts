import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  beginWithoutKeys,
  currentKid,
  DAY,
  isolate,
  kidsOf,
  LONGEST_TOKEN_DAYS,
  MINUTE,
  pass,
  signed,
  store,
  verifies,
} from "./isolates.ts";

beginWithoutKeys();

describe("KEY-03: a key that was withdrawn", () => {
  const withdraw = (kid: string) =>
    env.DB.prepare("UPDATE signing_keys SET withdrawn_at = ? WHERE kid = ?")
      .bind(Date.now(), kid)
      .run();

  it("signs, verifies and is published no more, a minute later everywhere", async () => {
    const running = isolate();
    const token = await signed(running);
    await withdraw(token.kid);

    expect(await verifies(token, isolate())).toBe(false);
    pass(MINUTE - 1);
    expect(await verifies(token, running)).toBe(true);
    pass(1);
    expect(await verifies(token, running)).toBe(false);
    expect(await kidsOf(running)).not.toContain(token.kid);
    expect(await currentKid(running)).not.toBe(token.kid);
  });

  it("that signed is replaced at once and once, however many isolates find out", async () => {
    await withdraw(await currentKid(isolate()));
    const kids = await Promise.all(Array.from({ length: 20 }, () => currentKid(isolate())));
    expect(new Set(kids).size).toBe(1);
    expect((await store.list()).map(({ number }) => number)).toEqual([2, 1]);
  });

  it("brings no older key back", async () => {
    const first = await currentKid(isolate());
    await isolate().rotate();
    pass(30 * DAY);
    const second = await currentKid(isolate());
    await withdraw(second);
    expect([first, second]).not.toContain(await currentKid(isolate()));
  });

  it("leaves the others as they are: the current one goes on, and what they signed is good", async () => {
    const old = await signed(isolate());
    await isolate().rotate();
    pass(30 * DAY);
    const token = await signed(isolate());
    await withdraw(old.kid);
    expect(await verifies(old, isolate())).toBe(false);
    expect(await verifies(token, isolate())).toBe(true);
    expect(await currentKid(isolate())).toBe(token.kid);
  });

  it("that was to be the next is replaced by another, which signs when that would have", async () => {
    const first = await currentKid(isolate());
    await isolate().rotate();
    const [next = ""] = await kidsOf(isolate());
    await withdraw(next);
    await isolate().rotate();
    const [another] = await kidsOf(isolate());
    expect([first, next]).not.toContain(another);
    pass(30 * DAY - 1);
    expect(await currentKid(isolate())).toBe(first);
    pass(1);
    expect(await currentKid(isolate())).toBe(another);
  });

  it("does not have the one before it removed while tokens of that live", async () => {
    await isolate().rotate();
    const first = await currentKid(isolate());
    await isolate().rotate();
    const [next = ""] = await kidsOf(isolate());
    // As it is where it was to sign early, and was withdrawn before it did.
    await env.DB.prepare("UPDATE signing_keys SET activates_at = ?, withdrawn_at = ? WHERE kid = ?")
      .bind(Date.now() + DAY * 1000, Date.now(), next)
      .run();
    await isolate().rotate();
    pass(30 * DAY - 1);
    const last = await signed(isolate());
    expect(last.kid).toBe(first);
    pass(LONGEST_TOKEN_DAYS * DAY);
    await isolate().rotate();
    expect(await verifies(last, isolate())).toBe(true);
  });

  it("is forgotten with the others, and its number is never given again", async () => {
    const first = await currentKid(isolate());
    await withdraw(first);
    await isolate().current();
    pass(91 * DAY + 1);
    await isolate().rotate();
    expect((await store.list()).map(({ number }) => number)).toEqual([3, 2]);
  });
});
