import { describe, expect, it } from "vitest";
import { breakCall, losesAnswer, refuses } from "../support/break-calls.ts";
import { passSeconds, stopClock } from "../support/clock.ts";
import { webhooks } from "./flows/webhooks.ts";
import { survives } from "./support/survives.ts";
import { ready } from "./support/untouched.ts";

describe("REL-01: webhooks, while stores fail", () => {
  survives(webhooks, { status: "failed", says: null });

  it.each([
    ["it is claimed", 0, { refuses: 1, losesAnswer: 1 }],
    ["its events are read", 1, { refuses: 1, losesAnswer: 1 }],
    ["its place is written", 2, { refuses: 2, losesAnswer: 1 }],
  ])(
    "an event is heard twice where its place was not written, and nowhere else: cut off as %s",
    async (_, number, times) => {
      stopClock();
      const heardWhile = async (fault: typeof refuses) => {
        const { scene, send } = await ready(webhooks["a turn"] as never);
        await breakCall(number, fault, send);
        passSeconds(121);
        await send();
        return scene.heard.filter((event) => event === "key 1").length;
      };

      expect({
        refuses: await heardWhile(refuses),
        losesAnswer: await heardWhile(losesAnswer),
      }).toEqual(times);
    },
  );
});
