import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bootstrapInterval, mannWhitneyP, median, quantile } from "./statistics.ts";

const from = (start: number, count: number) => Array.from({ length: count }, (_, i) => start + i);

/** The same numbers in every run. */
function scripted(): () => number {
  let state = 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("quantiles", () => {
  it("lie between two values where they fall between them, in whatever order they come", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.equal(quantile(from(0, 101), 0.95), 95);
    assert.equal(quantile([0, 10], 0.25), 2.5);
  });
});

describe("the Mann–Whitney U test", () => {
  it("gives what R's wilcox.test gives without exact", () => {
    // wilcox.test(1:20, 6:25, exact = FALSE)$p.value
    assert.ok(Math.abs(mannWhitneyP(from(1, 20), from(6, 20)) - 0.01858) < 0.0005);
  });

  it("finds nothing between a sample and itself, or where all is equal", () => {
    assert.ok(mannWhitneyP(from(1, 50), from(1, 50)) > 0.99);
    assert.equal(mannWhitneyP(Array(30).fill(7), Array(30).fill(7)), 1);
  });

  it("finds what is shifted, whichever way", () => {
    assert.ok(mannWhitneyP(from(0, 50), from(40, 50)) < 1e-6);
    assert.ok(mannWhitneyP(from(40, 50), from(0, 50)) < 1e-6);
  });
});

describe("the bootstrap interval", () => {
  it("holds the difference of medians, and zero where there is none", () => {
    const shifted = bootstrapInterval(from(100, 50), from(0, 50), { random: scripted() });
    assert.ok(shifted[0] > 70 && shifted[0] < 100 && shifted[1] > 100 && shifted[1] < 130);

    const same = bootstrapInterval(from(0, 50), from(0, 50), { random: scripted() });
    assert.ok(same[0] < 0 && same[1] > 0);
  });
});
