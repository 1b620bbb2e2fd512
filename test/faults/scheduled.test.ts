import { beforeAll, describe, expect, it } from "vitest";
import { stopClock } from "../support/clock.ts";
import { registerOAuthClients } from "../support/oauth-clients.ts";
import { scheduled } from "./flows/scheduled.ts";
import type { Flow } from "./support/flow.ts";
import { survives } from "./support/survives.ts";
import { leftAlone } from "./support/untouched.ts";

beforeAll(registerOAuthClients);

describe("REL-01: what the clock begins, while stores fail", () => {
  survives(scheduled, { status: "failed", says: null });

  it("the round of the minute has calls that seal events and secrets and order turns", async () => {
    stopClock();
    const flow = scheduled["the round of the minute, with things to tell"] as Flow;
    const { calls, once } = await leftAlone(flow);

    expect(once.core).toEqual([
      expect.stringMatching(/^\+ audit_seals .*, sequence: 2, .*, count: 1, /),
      "order turn early",
      "order turn late",
      "~ marks mark: 1 <random> > 2 <random>, at: <number> > <number>",
      "~ webhooks secret: <random> > <random>, previous_secret: <random> > <random>",
      "~ webhooks secret: <secret> > <random>, previous_secret: <random> > null, previous_until: <number> > null",
    ]);
    expect(calls).toEqual([
      ...["D1.raw", "D1.raw", "D1.all", "D1.batch"],
      ...["D1.run", "D1.raw", "D1.run", "D1.run", "D1.run", "D1.raw", "queue.sendBatch"],
    ]);
  });
});
