import { describe, it } from "vitest";
import { losesAnswer, refuses } from "../../support/break-calls.ts";
import { stopClock } from "../../support/clock.ts";
import { countFigure } from "../../support/figures.ts";
import { logLines } from "../../support/log-lines.ts";
import type { Flows, Unavailable } from "./flow.ts";
import { whileOneFails } from "./one-fails.ts";
import { whileOneIsLate } from "./one-is-late.ts";
import { leftAlone } from "./untouched.ts";

/**
 * Has every call that each flow makes go wrong in turn. The flow must then be as if it had never been
 * asked for, or as if it had been all done: the answer is the one it has when nothing fails or a 503
 * with a time to come back, what is stored is all or nothing, and the same request afterwards is
 * answered as the first, or as the second after a first.
 */
export function survives(flows: Flows, unavailable: Unavailable): void {
  describe.each(Object.entries(flows))("%s", (_, flow) => {
    const expected = flow.unavailable ?? unavailable;

    it.for([
      ["refuses", refuses],
      ["is done and its answer is lost", losesAnswer],
    ] as const)(
      "REL-02: when a call %s, it is whole or 503, and can be repeated",
      async ([, fault], context) => {
        stopClock();
        logLines();
        const untouched = await leftAlone(flow);
        for (const number of untouched.calls.keys()) {
          await whileOneFails(flow, untouched, { number, fault, expected });
        }
        countFigure(context, "faults injected", untouched.calls.length);
      },
    );

    it("REL-02: when a call comes late, and the same request meanwhile, it is all of one or both", async (context) => {
      stopClock();
      logLines();
      const untouched = await leftAlone(flow);
      for (const number of untouched.calls.keys()) {
        await whileOneIsLate(flow, untouched, number);
      }
      countFigure(context, "faults injected", untouched.calls.length);
    });
  });
}
