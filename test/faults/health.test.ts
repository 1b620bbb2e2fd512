import { describe } from "vitest";
import { health } from "./flows/health.ts";
import { survives } from "./support/survives.ts";

describe("REL-01: health, while stores fail", () => {
  survives(health, { status: 503, says: null });
});
