import { expect, it } from "vitest";
import { isSamePlace } from "../../src/core/device/same-place.ts";

it.each([null, "XX", "T1"])(
  "a country that is not known (%s) is not the same as itself, where a client demands one",
  (country) => {
    const there = { country, network: "Example Networks" };

    expect(isSamePlace("country", there, there)).toBe(false);
    expect(isSamePlace("network", there, there)).toBe(false);
    expect(isSamePlace(null, there, there)).toBe(true);
  },
);
