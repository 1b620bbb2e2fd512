import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figures, WorkResult } from "./result.ts";
import { asMarkdown, asText, figureTable, otherTimes, ratioTable } from "./table.ts";

const figures = (contender: string, cpuMsPerRequest: number | null) => ({
  contender,
  requestsPerSecond: 1230,
  medianMs: 12.3,
  p99Ms: 45.6,
  cpuMsPerRequest,
  senderBusy: 0.5,
});

const ratio = (beside: string, goal: number | null, reached: boolean | null) => ({
  ours: "Latchkey",
  beside,
  median: 1.5,
  least: 1.25,
  most: 2,
  goal,
  reached,
});

const RESULT: WorkResult = {
  work: "refresh",
  figures: [figures("Latchkey", 0.4), figures("a peer", null)],
  ratios: [ratio("a peer", 1.3, true), ratio("another", 1.6, false), ratio("a third", null, null)],
};

test("figures stand below each other in a terminal", () => {
  assert.equal(
    asText(figureTable(RESULT)),
    [
      "          requests/s  median   p99      CPU per request",
      "Latchkey        1230  12.3 ms  45.6 ms           0.4 ms",
      "a peer          1230  12.3 ms  45.6 ms                –",
    ].join("\n"),
  );
});

test("ratios say whether they reach what is asked of them", () => {
  assert.equal(
    asMarkdown(ratioTable(RESULT)),
    [
      "|  | times as fast as | median | min–max | goal |  |",
      "| --- | --- | ---: | ---: | ---: | --- |",
      "| Latchkey | a peer | 1.5 × | 1.25–2 | ≥ 1.3 | reached |",
      "| Latchkey | another | 1.5 × | 1.25–2 | ≥ 1.6 | not reached |",
      "| Latchkey | a third | 1.5 × | 1.25–2 | – |  |",
    ].join("\n"),
  );
});

test("who was measured for another time than was asked for is told, and nobody else", () => {
  const [ours, theirs] = RESULT.figures as [Figures, Figures];
  const timed = (secondsOfRound: number): WorkResult => ({
    ...RESULT,
    seconds: 2,
    figures: [{ ...ours, secondsOfRound }, theirs],
  });
  assert.deepEqual(otherTimes(timed(0.6)), [
    "Of a round that was to be 2 s, really measured: 0.6 s of Latchkey.",
  ]);
  assert.deepEqual(otherTimes(timed(2.1)), []);
  assert.deepEqual(otherTimes(RESULT), []);
});
