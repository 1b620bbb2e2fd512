import assert from "node:assert/strict";
import { test } from "node:test";
import type { Measurement } from "../running/load/run-phase.ts";
import { summarise } from "./summarise.ts";
import { callTable, priceLine, returnTable } from "./tables.ts";

const measured = (latencies: number[]): Measurement => ({
  requests: latencies.length,
  milliseconds: 1000,
  latencies,
  cpuMilliseconds: null,
  senderBusy: 0,
});

const round = (latencies: number[], seconds: number) => {
  const calls = { refresh: measured(latencies), publicKeys: measured(latencies) };
  return {
    quiet: calls,
    storm: calls,
    tries: [{ milliseconds: 10, retryAfterSeconds: null }],
    stormMilliseconds: 500,
    entries: [{ tries: 1, isIn: true, seconds }],
  };
};

const asItIs = summarise("as it is", [round([5, 5], 3), round([7, 7], 4)]);
const ungated = summarise("without the gate", [round([9], 1)]);

test("a p99 stands beside the answers that it is taken over and those of the rounds", () => {
  assert.deepEqual(callTable([asItIs])[1], [
    ...["as it is", "refresh", "no storm", "4", "2"],
    ...["6 ms", "7 ms", "5–7 ms", "7 ms"],
  ]);
});

test("who came in all rounds is counted together, and the slowest round is told", () => {
  assert.deepEqual(returnTable([asItIs])[1], ["as it is", "2", "2", "2", "2", "4 s"]);
});

test("the price is told beside the variants, where there are any", () => {
  assert.deepEqual(priceLine({ connections: 50, variants: [asItIs, ungated] }), [
    "The price of it, in people signed in a second: 2 as it is, 2 without the gate. And until the last of 50 who came at once is in: 4 s as it is, 1 s without the gate.",
  ]);
  assert.deepEqual(priceLine({ connections: 50, variants: [asItIs] }), []);
});
