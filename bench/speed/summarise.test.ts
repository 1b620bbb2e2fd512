import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Measurement } from "../running/load/run-phase.ts";
import { summarise } from "./summarise.ts";
import type { Work } from "./works.ts";

const OURS = "Latchkey: refresh";
const THEIRS = "floor: one D1 write";

const work = (least: number): Work => ({
  name: "refresh",
  ours: [OURS],
  beside: [THEIRS],
  goals: [{ ours: OURS, beside: THEIRS, least }],
});

/** A second in which so many requests were answered, in a millisecond each. */
const second = (requests: number, more: Partial<Measurement> = {}): Measurement => ({
  requests,
  milliseconds: 1000,
  latencies: Array(requests).fill(1),
  cpuMilliseconds: 500,
  senderBusy: 0.25,
  ...more,
});

function summed({
  least = 1,
  ours,
  theirs,
}: {
  least?: number;
  ours: Measurement[];
  theirs: Measurement[];
}) {
  const { figures, ratios } = summarise(
    work(least),
    new Map([
      [OURS, ours],
      [THEIRS, theirs],
    ]),
  );
  return { ours: figures[0], theirs: figures[1], ratio: ratios[0] };
}

describe("a summary of rounds", () => {
  it("takes ratios within a round: a slow second slows both", () => {
    const { ratio } = summed({
      ours: [second(200), second(20), second(300)],
      theirs: [second(100), second(10), second(100)],
    });
    assert.deepEqual(ratio, {
      ours: OURS,
      beside: THEIRS,
      median: 2,
      least: 2,
      most: 3,
      goal: 1,
      reached: true,
    });
  });

  it("reaches a goal with the median, before it is rounded", () => {
    const rounds = { ours: [second(1999)], theirs: [second(1000)] };
    assert.equal(summed({ ...rounds, least: 1.999 }).ratio?.reached, true);
    assert.equal(summed({ ...rounds, least: 2 }).ratio?.reached, false);
    assert.equal(summed({ ...rounds, least: 2 }).ratio?.median, 2);
  });

  it("counts the time until the last answer, however long the round was to be", () => {
    const { ours } = summed({
      ours: [second(100, { milliseconds: 4000 })],
      theirs: [second(100)],
    });
    assert.equal(ours?.requestsPerSecond, 25);
  });

  it("shares CPU time out over all requests, and says nothing where one round could not tell", () => {
    const two = [second(100), second(400)];
    const { ours, theirs } = summed({
      ours: two,
      theirs: [second(100), second(100, { cpuMilliseconds: null })],
    });
    assert.equal(ours?.cpuMsPerRequest, 2);
    assert.equal(theirs?.cpuMsPerRequest, null);
  });

  it("takes quantiles over the answers of all rounds", () => {
    const slow = second(2, { latencies: [100, 100] });
    const { ours } = summed({ ours: [second(98), slow], theirs: [second(1), second(1)] });
    assert.equal(ours?.medianMs, 1);
    assert.equal(ours?.p99Ms, 100);
  });
});
