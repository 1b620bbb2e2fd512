import { expect, it } from "vitest";
import { whatIsActive } from "../../src/core/tenant/what-is-active.ts";

it("takes a drawing whose attributes hold what ends a tag elsewhere", () => {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><title lang='a>b'>Acme</title><path d="M0 0"/></svg>`;
  expect(whatIsActive(drawing)).toBeNull();
});

it("has judged a text of nothing but beginnings after a look at each", () => {
  // A pattern that tries each split of it again would need days for this.
  const beginnings = `<svg${"<".repeat(200_000)}`;
  expect(whatIsActive(beginnings)).toBe("a tag that does not end");
});
