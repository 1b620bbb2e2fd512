import assert from "node:assert/strict";
import { test } from "node:test";
import { balancedOrder } from "./balanced-order.ts";

test("nobody comes after the same one again before having come after all others", () => {
  for (const [names, rounds, times] of [
    ["ab", 2, 1],
    ["abcd", 4, 1],
    ["abcdef", 6, 1],
    ["abc", 6, 2],
    ["abcde", 10, 2],
    ["abcdefg", 14, 2],
  ] as const) {
    const met = new Map<string, number>();
    const places = new Map<string, number>();
    const count = (counts: Map<string, number>, key: string) =>
      counts.set(key, (counts.get(key) ?? 0) + 1);
    for (let round = 0; round < rounds; round++) {
      const order = balancedOrder([...names], round);
      assert.equal([...order].sort().join(""), names);
      order.forEach((name, place) => {
        count(places, name + place);
        place > 0 && count(met, `${order[place - 1]}${name}`);
      });
    }
    assert.deepEqual(new Set(met.values()), new Set([times]), names);
    assert.equal(met.size, names.length * (names.length - 1));
    assert.deepEqual(new Set(places.values()), new Set([times]), names);
  }
});

test("one alone is always the first", () => {
  assert.deepEqual(
    [0, 1].map((round) => balancedOrder(["a"], round).join("")),
    ["a", "a"],
  );
});
