import { describe } from "vitest";
import { mailEvents } from "./flows/mail-events.ts";
import { survives } from "./support/survives.ts";

describe("REL-01: what a mail provider tells, while stores fail", () => {
  survives(mailEvents, {
    status: 503,
    says: {
      body: {
        error: "temporarily_unavailable",
        error_description: "Not possible right now. Try again in a moment.",
      },
      location: null,
      cookies: [],
    },
  });
});
