import { beforeAll, describe, expect, it } from "vitest";
import { Refused } from "../../../src/core/refused.ts";
import type { Surface } from "../../../src/surfaces/surface.ts";
import { registerClients } from "../../support/clients.ts";
import type { Flows } from "./flow.ts";
import { survives } from "./survives.ts";

/** Every row of a contract, while the calls that it makes fail. */
export function contractSurvives(surface: Surface, flows: Flows): void {
  const { contract } = surface.terms;
  beforeAll(registerClients);

  describe(`REL-01: ${contract}, while stores fail`, () => {
    it("has a flow for every row of its table", () => {
      const operations = Object.keys(flows).map((flow) => flow.split(": ")[0]);

      expect([...new Set(operations)].sort()).toEqual(Object.keys(surface.routes).sort());
    });

    survives(flows, unavailableIn(surface));
  });
}

/** Its own words for an outage. */
function unavailableIn({ refusals, refuse }: Surface) {
  const { unavailable } = refusals;
  const comeBack = { retryAfterSeconds: 2 };
  const { body } = refuse(unavailable, new Refused("unavailable", { comeBack }), new Date());
  return { status: unavailable[0], says: { body, location: null, cookies: [] } };
}
