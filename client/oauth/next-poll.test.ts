import assert from "node:assert/strict";
import { test } from "node:test";
import { nextPoll, type PollOutcome, type PollPace } from "./next-poll.ts";

const least = () => 0;
const most = () => 1;
const pace: PollPace = { intervalSeconds: 5, failures: 0 };
const pending: PollOutcome = { kind: "pending", heldSeconds: 0 };
const slowDown: PollOutcome = { kind: "slow_down", retryAfterSeconds: 0 };
const trouble: PollOutcome = { kind: "trouble", retryAfterSeconds: 0 };

/** The waits after each of some outcomes, one following the other. */
function waits(outcomes: readonly PollOutcome[], random: () => number): number[] {
  let current = pace;
  return outcomes.map((outcome) => {
    const next = nextPoll(current, outcome, random);
    current = next.pace;
    return next.waitSeconds;
  });
}

test("polls again after the interval, at most a tenth later, never sooner", () => {
  assert.deepEqual(waits([pending, pending], least), [5, 5]);
  assert.deepEqual(waits([pending, pending], most), [5.5, 5.5]);
});

test("polls again at once only when the poll was held for the interval", () => {
  const held = (heldSeconds: number): PollOutcome => ({ kind: "pending", heldSeconds });
  assert.deepEqual(waits([held(25), held(5), held(4.9)], least), [0, 0, 5]);
  assert.deepEqual(waits([slowDown, held(5), held(10)], least), [10, 10, 0]);
});

test("waits five seconds more after each slow_down, for good", () => {
  assert.deepEqual(
    waits([slowDown, pending, slowDown, trouble, pending], least),
    [10, 10, 15, 30, 15],
  );
});

test("waits for as long as Retry-After asks, when that is longer", () => {
  assert.deepEqual(waits([{ kind: "slow_down", retryAfterSeconds: 20 }, pending], least), [20, 10]);
  assert.deepEqual(waits([{ kind: "slow_down", retryAfterSeconds: 2 }], least), [10]);
  assert.deepEqual(waits([{ kind: "trouble", retryAfterSeconds: 120 }], least), [120]);
  assert.deepEqual(waits([{ kind: "trouble", retryAfterSeconds: 1 }], least), [10]);
});

test("backs off in doubling steps up to half a minute, and by chance up to half as long again", () => {
  const outcomes = [trouble, trouble, trouble, trouble];
  assert.deepEqual(waits(outcomes, least), [10, 20, 30, 30]);
  assert.deepEqual(waits(outcomes, most), [15, 30, 45, 45]);
});

test("never backs off to less than the interval, however long that is", () => {
  const slow = { intervalSeconds: 60, failures: 0 };
  assert.deepEqual(nextPoll(slow, trouble, least), {
    pace: { intervalSeconds: 60, failures: 1 },
    waitSeconds: 60,
  });
});

test("begins the steps anew once the server answers again", () => {
  assert.deepEqual(waits([trouble, trouble, pending, trouble], least), [10, 20, 5, 10]);
});
