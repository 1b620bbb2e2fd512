import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE_LOAD, refuseBusyMachine } from "./refuse-busy-machine.ts";

test("a machine on which more runs than nothing is refused, and told how to measure all the same", () => {
  refuseBusyMachine(IDLE_LOAD);
  assert.throws(() => refuseBusyMachine(IDLE_LOAD + 0.01), {
    message: /busy: its load average is 0\.71, and more than 0\.7/,
    advice: /--no-write/,
  });
});
