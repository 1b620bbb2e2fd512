import assert from "node:assert/strict";
import { test } from "node:test";
import { forTheWholeTime } from "./for-the-whole-time.ts";
import type { Measurement } from "./run-phase.ts";

const part = (milliseconds: number, more: Partial<Measurement> = {}): Measurement => ({
  requests: 1,
  milliseconds,
  latencies: [milliseconds],
  cpuMilliseconds: 10,
  senderBusy: 0.5,
  ...more,
});

test("what was used up too early is made anew until the time is over, and counts together", async () => {
  const parts = [part(500), part(1500, { requests: 2, senderBusy: 0.1 })];
  const asked: number[] = [];
  const whole = await forTheWholeTime(2, async (seconds) => {
    asked.push(seconds);
    return parts.shift() as Measurement;
  });
  assert.deepEqual(asked, [2, 1.5]);
  assert.deepEqual(whole, {
    requests: 3,
    milliseconds: 2000,
    latencies: [500, 1500],
    cpuMilliseconds: 20,
    senderBusy: 0.2,
  });
});

test("a rest that is hardly a part of the time is left, and no CPU time is half known", async () => {
  assert.equal((await forTheWholeTime(2, async () => part(1950))).milliseconds, 1950);
  const parts = [part(1000), part(1000, { cpuMilliseconds: null })];
  const whole = await forTheWholeTime(2, async () => parts.shift() as Measurement);
  assert.equal(whole.cpuMilliseconds, null);
});
