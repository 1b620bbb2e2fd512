import { expect } from "vitest";
import { asks } from "../support/asking.ts";
import type { Flows } from "../support/flow.ts";

export const health: Flows = {
  "GET /health": {
    asksNothing: true,
    prepare: async ({ service }) => asks(service, "GET /health"),
  },
  "GET /health/ready": {
    unavailable: {
      status: 503,
      says: {
        body: {
          status: "unavailable",
          failing: [expect.stringMatching(/^(d1|kv|durable_objects)$/)],
        },
        location: null,
        cookies: [],
      },
    },
    prepare: async ({ service }) => asks(service, "GET /health/ready"),
  },
};
