import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { goalOf } from "./goal.ts";
import type { VariantResult } from "./result.ts";
import { callFigures, returnFigures, signInFigures } from "./summarise.ts";

const tried = (milliseconds: number, retryAfterSeconds: number | null = null) => ({
  milliseconds,
  retryAfterSeconds,
});

describe("what is said of a storm", () => {
  it("takes rates and quantiles over all rounds, and tells how far the rounds differ", () => {
    const round = (latencies: number[]) => ({
      requests: latencies.length,
      milliseconds: 1000,
      latencies,
      cpuMilliseconds: null,
      senderBusy: 0,
    });
    assert.deepEqual(callFigures([round([1, 2]), round([3, 100])]), {
      answers: 4,
      answersPerSecond: 2,
      medianMs: 2.5,
      p99Ms: 97.1,
      p99OfRounds: { least: 1.99, most: 99 },
      maxMs: 100,
    });
  });

  it("keeps those who are in apart from those who were turned away", () => {
    const tries = [tried(100), tried(300), tried(1, 5), tried(1, 5), tried(1, 8)];
    assert.deepEqual(signInFigures(tries, 1000), {
      signedInPerSecond: 2,
      medianMs: 200,
      maxMs: 300,
      turnedAwayPerSecond: 3,
      retryAfterSeconds: { least: 5, median: 5, most: 8 },
    });
  });

  it("names no time to come back where nobody was told one, and no time to sign in where nobody did", () => {
    assert.equal(signInFigures([tried(100)], 1000).retryAfterSeconds, null);
    const { medianMs, maxMs } = signInFigures([tried(1, 5)], 1000);
    assert.deepEqual([medianMs, maxMs], [null, null]);
  });

  it("counts who is in after how many tries, and waits for the last", () => {
    const entries = [
      { tries: 1, isIn: true, seconds: 0.5 },
      { tries: 2, isIn: true, seconds: 5.5 },
      { tries: 3, isIn: true, seconds: 10.25 },
      { tries: 10, isIn: false, seconds: 50 },
    ];
    assert.deepEqual(returnFigures(entries), {
      people: 4,
      inAtOnce: 1,
      inAfterOneReturn: 2,
      in: 3,
      seconds: 50,
    });
  });
});

describe("the goal", () => {
  const variant = (name: string, p99Ms: number, signedIn: number) =>
    ({
      variant: name,
      storm: { refresh: { p99Ms: 10 }, publicKeys: { p99Ms } },
      returns: { people: 50, in: signedIn },
    }) as VariantResult;

  it("is reached under 60 ms, and only where everybody got in", () => {
    assert.equal(goalOf([variant("as it is", 59.9, 50)]).reached, true);
    assert.equal(goalOf([variant("as it is", 60, 50)]).reached, false);
    assert.equal(goalOf([variant("as it is", 59.9, 49)]).reached, false);
  });

  it("is Latchkey's as it is", () => {
    const without = variant("without the gate", 8000, 50);
    assert.equal(goalOf([variant("as it is", 10, 50), without]).reached, true);
    assert.equal(goalOf([without]).reached, false);
  });
});
