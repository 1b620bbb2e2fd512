import assert from "node:assert/strict";
import { test } from "node:test";
import { putIn } from "./put-in.ts";
import type { SpeedResult, WorkResult } from "./result.ts";

const work = (name: string, seconds: number): WorkResult => ({
  work: name,
  seconds,
  figures: [],
  ratios: [],
});

const whole: SpeedResult = {
  date: "2026-11-30",
  machine: { processor: "one", cores: 2 },
  peers: { "better-auth": "1.7.25" },
  rounds: 5,
  seconds: 2,
  connections: 16,
  works: [work("refresh", 2), work("sign-in", 2)],
};
const part = { ...whole, works: [work("sign-in", 8)] };

test("a work that was measured once more stands where it stood, and the others stay", () => {
  assert.deepEqual(putIn(whole, part)?.works, [work("refresh", 2), work("sign-in", 8)]);
});

test("figures of another day, machine or pace are not put beside the others", () => {
  for (const other of [
    { date: "2026-12-01" },
    { machine: { processor: "another", cores: 2 } },
    { peers: { "better-auth": "1.8.0" } },
    { rounds: 3 },
  ]) {
    assert.equal(putIn(whole, { ...part, ...other }), null, JSON.stringify(other));
  }
});
