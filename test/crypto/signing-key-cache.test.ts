import { describe, expect, it } from "vitest";
import type { SigningKeyStore } from "../../src/core/ports.ts";
import {
  beginWithoutKeys,
  currentKid,
  DAY,
  isolate,
  kidsOf,
  MINUTE,
  pass,
  store,
  vault,
} from "./isolates.ts";

beginWithoutKeys();

/** The same store, counting how often it is read. */
function counted(): { store: SigningKeyStore; lists: () => number } {
  let lists = 0;
  return {
    store: {
      ...store,
      list() {
        lists++;
        return store.list();
      },
    },
    lists: () => lists,
  };
}

describe("how often the store is read", () => {
  it("once in a minute for everything that is known", async () => {
    const { store: from, lists } = counted();
    const keys = isolate(vault, from);
    await keys.current();
    const before = lists();
    const { kid } = await keys.current();
    for (let second = 0; second < MINUTE - 1; second += 20) {
      await Promise.all([keys.current(), keys.find(kid), keys.jwks()]);
      pass(20);
    }
    expect(lists() - before).toBe(0);
    await keys.jwks();
    expect(lists() - before).toBe(1);
  });

  it("at most every ten seconds for ids that are unknown, however many come", async () => {
    await isolate().current();
    const { store: from, lists } = counted();
    const keys = isolate(vault, from);
    await keys.current();
    expect(lists()).toBe(1);

    for (let i = 0; i < 100; i++) {
      expect(await keys.find(`unknown-${i}`)).toBeNull();
    }
    expect(lists()).toBe(1);

    pass(10);
    for (let i = 0; i < 100; i++) {
      await keys.find(`unknown-${i}`);
    }
    expect(lists()).toBe(2);
  });

  it("at most every five seconds while it does not answer, and at once after that", async () => {
    await isolate().current();
    let isDown = false;
    let lists = 0;
    const keys = isolate(vault, {
      ...store,
      list() {
        lists++;
        return isDown ? Promise.reject(new Error("down")) : store.list();
      },
    });
    const kid = await currentKid(keys);
    pass(MINUTE);
    isDown = true;
    lists = 0;
    for (const seconds of [4.999, 0.001, 4.999, 0.001]) {
      for (let i = 0; i < 20; i++) {
        expect(await currentKid(keys)).toBe(kid);
      }
      pass(seconds);
    }
    expect(lists).toBe(2);
    isDown = false;
    await keys.jwks();
    expect(lists).toBe(3);
    await keys.jwks();
    expect(lists).toBe(3);
  });

  it("finds a key that another isolate made, ten seconds after it looked last", async () => {
    const keys = isolate();
    await keys.current();
    pass(31 * DAY);
    await keys.current();
    await isolate().rotate();
    const [next] = await kidsOf(isolate());

    pass(9);
    expect(await keys.find(String(next))).toBeNull();
    pass(1);
    expect(await keys.find(String(next))).not.toBeNull();
  });

  it("finds no key under an id that is empty or not one of ours", async () => {
    const keys = isolate();
    const { kid } = await keys.current();
    for (const id of ["", " ", kid.toUpperCase(), `${kid} `, kid.slice(1), "1", "__proto__"]) {
      expect(await keys.find(id)).toBeNull();
    }
  });
});
